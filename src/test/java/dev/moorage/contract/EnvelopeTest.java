package dev.moorage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class EnvelopeTest {
    private static final String REQUEST_ID = "473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E";
    private static final String PROLOGUE = "<?xml version='1.0' encoding='UTF-8'?>";
    private static final Failure FAILURE = new Failure(
            403, "DependencyViolation", "The specified disk has not been attached on the specified instance.");

    @Test
    void writesASuccessAsTheDocumentsShowIt() {
        assertThat(success(body(), Format.XML))
                .isEqualTo(PROLOGUE + "<DetachDiskResponse><RequestId>473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E</RequestId>"
                        + "</DetachDiskResponse>");
        assertThat(success(body(), Format.JSON)).isEqualTo("{\"RequestId\":\"473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E\"}");
    }

    @Test
    void writesAFailureAsTheVendorDoes() {
        assertThat(failure(FAILURE, Format.XML))
                .isEqualTo(PROLOGUE + "<Error><RequestId>473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E</RequestId>"
                        + "<HostId>ecs.aliyuncs.com</HostId><Code>DependencyViolation</Code>"
                        + "<Message>The specified disk has not been attached on the specified instance.</Message>"
                        + "</Error>");
        assertThat(failure(FAILURE, Format.JSON))
                .isEqualTo("{\"RequestId\":\"473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E\",\"HostId\":\"ecs.aliyuncs.com\","
                        + "\"Code\":\"DependencyViolation\","
                        + "\"Message\":\"The specified disk has not been attached on the specified instance.\"}");
    }

    @Test
    void tellsStatusFormatAndCode() {
        var success = Envelope.success("DetachDisk", REQUEST_ID, body(), Format.XML);
        assertThat(success.status()).isEqualTo(200);
        assertThat(success.format()).isEqualTo(Format.XML);
        assertThat(success.code()).isEqualTo("OK");

        var failure = Envelope.failure(FAILURE, REQUEST_ID, "", Format.JSON);
        assertThat(failure.status()).isEqualTo(403);
        assertThat(failure.format()).isEqualTo(Format.JSON);
        assertThat(failure.code()).isEqualTo("DependencyViolation");
    }

    @Test
    void wrapsListsInOneElementNamedAfterTheirMembers() {
        var body = body();
        var disks = body.put("TotalCount", 2).putObject("Disks").putArray("Disk");
        disks.addObject().put("DiskId", "d-1").put("Size", 40).put("Portable", true);
        disks.addObject().put("DiskId", "d-2").put("Size", 20).put("Portable", false);

        assertThat(success(body, Format.XML))
                .isEqualTo(PROLOGUE + "<DetachDiskResponse><RequestId>473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E</RequestId>"
                        + "<TotalCount>2</TotalCount><Disks>"
                        + "<Disk><DiskId>d-1</DiskId><Size>40</Size><Portable>true</Portable></Disk>"
                        + "<Disk><DiskId>d-2</DiskId><Size>20</Size><Portable>false</Portable></Disk>"
                        + "</Disks></DetachDiskResponse>");
        assertThat(success(body, Format.JSON))
                .isEqualTo(
                        "{\"RequestId\":\"473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E\",\"TotalCount\":2,\"Disks\":{\"Disk\":["
                                + "{\"DiskId\":\"d-1\",\"Size\":40,\"Portable\":true},"
                                + "{\"DiskId\":\"d-2\",\"Size\":20,\"Portable\":false}]}}");
    }

    @Test
    void writesListsOfStringsAndEmptyOnes() {
        var body = body();
        body.putObject("InstanceIdSets").putArray("InstanceIdSet").add("i-1").add("i-2");
        body.putObject("Tags").putArray("Tag");
        body.put("Device", "");

        assertThat(success(body, Format.XML))
                .isEqualTo(PROLOGUE + "<DetachDiskResponse><RequestId>473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E</RequestId>"
                        + "<InstanceIdSets><InstanceIdSet>i-1</InstanceIdSet><InstanceIdSet>i-2</InstanceIdSet>"
                        + "</InstanceIdSets><Tags/><Device></Device></DetachDiskResponse>");
        assertThat(success(body, Format.JSON))
                .isEqualTo("{\"RequestId\":\"473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E\","
                        + "\"InstanceIdSets\":{\"InstanceIdSet\":[\"i-1\",\"i-2\"]},"
                        + "\"Tags\":{\"Tag\":[]},\"Device\":\"\"}");
    }

    /** The older Java SDK does not decode escapes: letters beyond ASCII and markup go as they are. */
    @Test
    void writesJsonTextRaw() {
        var reply = Envelope.success(
                "DetachDisk", REQUEST_ID, body().put("Name", "\u00e9\u4e2d\ud83d\udc33<&>'/="), Format.JSON);

        assertThat(reply.body())
                .isEqualTo(("{\"RequestId\":\"473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E\","
                                + "\"Name\":\"\u00e9\u4e2d\ud83d\udc33<&>'/=\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void escapesWhatJsonMustEscape() {
        assertThat(success(body().put("Name", "\"\\\n\u0000"), Format.JSON))
                .endsWith("\"Name\":\"\\\"\\\\\\n\\u0000\"}");
    }

    @Test
    void writesXmlTextInUtf8AndEscapesMarkup() {
        var reply = Envelope.failure(
                new Failure(400, "C", "\u00e9\u4e2d\ud83d\udc33 <a> & \"b\" ]]>"), REQUEST_ID, "h", Format.XML);

        assertThat(new String(reply.body(), StandardCharsets.UTF_8))
                .contains("<Message>\u00e9\u4e2d\ud83d\udc33 &lt;a> &amp; \"b\" ]]&gt;</Message>");
        assertThat(read(reply.body(), "Message")).isEqualTo("\u00e9\u4e2d\ud83d\udc33 <a> & \"b\" ]]>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0001", "\u0008", "\u000b", "\u001f", "\ufffe", "\uffff"})
    void keepsCharactersThatXmlCannotWriteOut(String illegal) {
        String text = "a" + illegal + "b\ud83d\udc33";
        var failed = Envelope.failure(new Failure(400, "Code", text), REQUEST_ID, "host", Format.XML);
        assertThat(read(failed.body(), "Message")).isEqualTo("a?b\ud83d\udc33");

        // A resource can have been described by its owner in any characters.
        var described = Envelope.success("DescribeDisks", REQUEST_ID, body().put("Description", text), Format.XML);
        assertThat(read(described.body(), "Description")).isEqualTo("a?b\ud83d\udc33");

        var called = Envelope.failure(FAILURE, REQUEST_ID, text, Format.XML);
        assertThat(read(called.body(), "HostId")).isEqualTo("a?b\ud83d\udc33");
    }

    @Test
    void keepsWhitespace() {
        var reply = Envelope.failure(new Failure(400, "Code", " a\n\tb\r "), REQUEST_ID, "host", Format.XML);

        assertThat(read(reply.body(), "Message")).isEqualTo(" a\n\tb\r ");
    }

    /** For Terraform and Node any of these at the top means that the call failed. */
    @Test
    void namesNothingInASuccessThatLooksLikeAFailure() {
        for (var format : Format.values()) {
            assertThat(success(body(), format)).doesNotContain("Code", "Success", "Message");
        }
    }

    private static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String success(ObjectNode body, Format format) {
        return new String(
                Envelope.success("DetachDisk", REQUEST_ID, body, format).body(), StandardCharsets.UTF_8);
    }

    private static String failure(Failure failure, Format format) {
        return new String(
                Envelope.failure(failure, REQUEST_ID, "ecs.aliyuncs.com", format)
                        .body(),
                StandardCharsets.UTF_8);
    }

    /** By a reader that has nothing to do with the writer. */
    private static String read(byte[] xml, String element) {
        try {
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml))
                    .getDocumentElement();
            return root.getElementsByTagName(element).item(0).getTextContent();
        } catch (Exception e) {
            throw new AssertionError("Not XML: " + new String(xml, StandardCharsets.UTF_8), e);
        }
    }
}
