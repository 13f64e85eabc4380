package dev.moorage.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"slots":[{"diskId":"d-1","device":"/dev/xvdb"}]}   | slots[/dev/xvdb].diskId,slots[/dev/xvdb].device
            {"snapshots":[{"id":"s-1"},{"id":"s-2"}]}           | snapshots[s-1].id,snapshots[s-2].id
            {"snapshots":[{"id":"s-1","tags":{"env":"test"}}]}  | snapshots[s-1].id,snapshots[s-1].tags.env
            {"tasks":[{"id":"t-1"}]}                            | tasks[t-1].id
            {"tokens":[{"action":"ResizeDisk","value":"once"}]} | tokens[ResizeDisk once].action,tokens[ResizeDisk once].value
            {"locks":["SECURITY"],"name":null,"leaving":[]}     | locks
            """)
    void namesElementsByWhatTheyAreKnownBy(String state, String paths) throws Exception {
        assertThat(Fields.of(new ObjectMapper().readTree(state)).keySet())
                .isEqualTo(new LinkedHashSet<>(List.of(paths.split(","))));
    }
}
