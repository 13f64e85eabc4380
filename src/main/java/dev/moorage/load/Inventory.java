package dev.moorage.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The data disks that there are, by their ids, as anyone can list them. */
public record Inventory(Map<String, Entry> disks) {
    /**
     * A disk as it is described.
     *
     * @param attachments how many instances it is said to be on; of one that may be on several, one at most
     */
    public record Entry(String instanceId, String status, int attachments, String zone, String region) {
        boolean isAttached() {
            return status.equals("In_use") && !instanceId.isEmpty();
        }
    }

    /** Those in an answer of DescribeDisks. */
    public static Inventory of(JsonNode answer) {
        var disks = new LinkedHashMap<String, Entry>();
        for (var disk : answer.path("Disks").path("Disk")) {
            disks.put(
                    disk.path("DiskId").asText(),
                    new Entry(
                            disk.path("InstanceId").asText(),
                            disk.path("Status").asText(),
                            attachments(disk),
                            disk.path("ZoneId").asText(),
                            disk.path("RegionId").asText()));
        }
        return new Inventory(disks);
    }

    private static int attachments(JsonNode disk) {
        int all = disk.path("Attachments").path("Attachment").size();
        return disk.path("MultiAttach").asText().equals("Enabled") ? Math.min(all, 1) : all;
    }
}
