package dev.moorage.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryTest {
    @ParameterizedTest
    @CsvSource({"Disabled, 2", "Enabled, 1"})
    void onlyADiskThatMayBeOnOneInstanceIsOnTooMany(String multiAttach, int counted) throws JsonProcessingException {
        var answer = new ObjectMapper()
                .readTree(
                        "{\"Disks\":{\"Disk\":[{\"DiskId\":\"d-1\",\"Status\":\"In_use\",\"MultiAttach\":\""
                                + multiAttach
                                + "\",\"Attachments\":{\"Attachment\":[{\"InstanceId\":\"i-1\"},{\"InstanceId\":\"i-2\"}]}}]}}");
        assertThat(Inventory.of(answer).disks().get("d-1"))
                .isNotNull()
                .matches(disk -> disk.attachments() == counted, "attachments");
    }
}
