package dev.moorage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearNamesTest {
    private static final List<String> KNOWN = List.of("DiskId", "DiskIds.N", "DiskName", "Size", "from", "to", "by");

    @ParameterizedTest
    @CsvSource({
        "DiskID, DiskId",
        "diskid, DiskId",
        "DiskIdd, DiskId",
        "DskId, DiskId",
        "DksiId, DiskId",
        "Disk_Id, DiskId",
        "DiskId.N, DiskIds.N",
        "DsikNmae, DiskName",
        "siez, Size",
        "form, from",
        "TO, to",
    })
    void findsWhatWasMeant(String name, String meant) {
        assertThat(NearNames.nearest(name, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"Colour", "Dis", "so", "t", "''", "DiskDescription"})
    void findsNothingForWhatIsElse(String name) {
        assertThat(NearNames.nearest(name, KNOWN)).isEmpty();
    }

    @Test
    void doesNotLookLongForALongName() {
        assertThat(NearNames.nearest("x".repeat(1_000_000), KNOWN)).isEmpty();
    }
}
