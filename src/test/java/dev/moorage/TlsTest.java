package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.ecs.model.v20140526.DescribeDisksRequest;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTPS, with certificates that were made by openssl for nobody but this test. */
@Timeout(60)
class TlsTest {
    private static final String FILES = "src/test/resources/tls/";

    private static RunningServer start(String certificate, String key) {
        return RunningServer.start(
                "moorage.tls { cert = \"" + FILES + certificate + "\", key = \"" + FILES + key + "\" }");
    }

    private static HttpClient trusting(String certificate) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream file = Files.newInputStream(Path.of(FILES, certificate))) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.crt.pem, rsa.pkcs8.pem",
        "rsa.crt.pem, rsa.pkcs1.pem",
        "ec.crt.pem, ec.pkcs8.pem",
        "ec.crt.pem, ec.sec1.pem",
    })
    void speaksHttps(String certificate, String key) throws Exception {
        try (var server = start(certificate, key)) {
            assertThat(server.server().description()).startsWith("Moorage is ready at https://127.0.0.1:");
            var call = URI.create(server.url() + "/?Version=2014-05-26&Action=DescribeRegions");

            var answer = trusting(certificate)
                    .send(HttpRequest.newBuilder(call).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(answer.body()).contains("cn-hangzhou");
        }
    }

    @Test
    void answersTheVendorsSdk() throws Exception {
        try (var server = start("rsa.crt.pem", "rsa.pkcs8.pem")) {
            DefaultProfile.addEndpoint(
                    "cn-hangzhou", "Ecs", URI.create(server.url()).getAuthority());
            var profile = DefaultProfile.getProfile("cn-hangzhou", "testid", "testsecret");
            profile.getHttpClientConfig().setProtocolType(ProtocolType.HTTPS);
            profile.getHttpClientConfig().setIgnoreSSLCerts(true);
            // Its other client is one for the whole process, set up by whoever came first.
            profile.getHttpClientConfig().setCompatibleMode(true);
            var client = new DefaultAcsClient(profile);

            assertThat(client.getAcsResponse(new DescribeDisksRequest()).getTotalCount())
                    .isEqualTo(8);

            client.shutdown();
        }
    }

    @Test
    void hangsUpOnWhoeverSpeaksPlainHttp() throws Exception {
        try (var server = start("rsa.crt.pem", "rsa.pkcs8.pem");
                var socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        URI.create(server.url()).getPort())) {
            socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answer).doesNotContain("HTTP/1.1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rsa.crt.pem || TLS takes a certificate and its key (--tls-cert and --tls-key), and there is only a"
                        + " certificate",
                "| rsa.pkcs8.pem | TLS takes a certificate and its key (--tls-cert and --tls-key), and there is only a"
                        + " key",
                "none.pem | rsa.pkcs8.pem | There is no file " + FILES + "none.pem",
                "rsa.crt.pem | none.pem | There is no file " + FILES + "none.pem",
                "rsa.pkcs8.pem | rsa.pkcs8.pem | There is no certificate in " + FILES
                        + "rsa.pkcs8.pem: it should be PEM",
                "rsa.crt.pem | rsa.crt.pem | There is no private key in " + FILES + "rsa.crt.pem: it should be PEM",
                "rsa.crt.pem | ec.sec1.pem | The key in " + FILES + "ec.sec1.pem is not that of the certificate in "
                        + FILES + "rsa.crt.pem, or is damaged",
                "ec.crt.pem | rsa.pkcs8.pem | The key in " + FILES + "rsa.pkcs8.pem is not that of the certificate in "
                        + FILES + "ec.crt.pem, or is damaged",
                "rsa.crt.pem | rsa.pkcs8.encrypted.pem | The key in " + FILES
                        + "rsa.pkcs8.encrypted.pem is encrypted: Moorage takes one without a passphrase",
                "rsa.crt.pem | rsa.pkcs1.encrypted.pem | The key in " + FILES
                        + "rsa.pkcs1.encrypted.pem is encrypted: Moorage takes one without a passphrase",
            })
    void saysInOneSentenceWhatIsWrongWithFiles(String certificate, String key, String sentence) {
        var arguments = new ArrayList<String>(List.of("serve", "--in-memory", "--port", "0"));
        if (certificate != null) arguments.addAll(List.of("--tls-cert", FILES + certificate));
        if (key != null) arguments.addAll(List.of("--tls-key", FILES + key));

        var ran = Ran.moorage(arguments.toArray());

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("moorage: " + sentence + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "cli | ALIBABA_CLOUD_ENDPOINT | --insecure",
                "csi | ALICLOUD_CLIENT_SCHEME=https | \"http\"",
                "terraform | protocol   = \"HTTPS\" | \"HTTP\"",
                "go | WithScheme(\"https\") | \"http\"",
                "java | setProtocolType(ProtocolType.HTTPS) | \"http\"",
                "python | set_protocol_type(\"https\") | \"http\"",
                "node | protocol: \"https\" | \"http\"",
            })
    void isWhatClientsArePointedAt(String client, String has, String hasNot) {
        try (var server = start("rsa.crt.pem", "rsa.pkcs8.pem")) {
            var ran = Ran.moorage("env", "--for", client, "--target", server.url());

            assertThat(ran.out())
                    .contains(has, URI.create(server.url()).getAuthority())
                    .doesNotContain(hasNot, "@http");
            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.err()).startsWith("moorage: There is no TLS with " + server.url() + " from here: ");
        }
    }
}
