package dev.moorage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import dev.moorage.action.Actions;
import dev.moorage.contract.ParameterSpec;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes in, what goes out is an answer that is not the server's fault, or nothing and the end of the
 * connection; and the next caller is served.
 */
class MalformedRequestsTest {
    private static final long SEED = Long.getLong("moorage.seed", 20_140_526L);
    /** Each request has a seed of its own, so that it does not matter which thread comes to it. */
    private static final long FIRST_SEED = new SplittableRandom(SEED).nextLong();

    private static final int REQUESTS = 10_000;
    private static final int THREADS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int SHOWN_FAILURES = 20;

    @Test
    void isAnsweredOrCutOffAndNeverAnErrorOfTheServer() throws Exception {
        try (var server =
                RunningServer.start("moorage.http.body-timeout = 500ms", "akka.http.server.idle-timeout = 4s")) {
            var failures = Collections.synchronizedList(new ArrayList<String>());
            List<Callable<Void>> callers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                callers.add(() -> {
                    try (var caller = new Caller(URI.create(server.url()).getPort())) {
                        for (int i = first; i < REQUESTS && failures.size() < SHOWN_FAILURES; i += THREADS) {
                            caller.send(i).ifPresent(failures::add);
                        }
                    }
                    return null;
                });
            }
            var threads = Executors.newFixedThreadPool(THREADS);
            try {
                for (var caller : threads.invokeAll(callers)) caller.get();
            } finally {
                threads.shutdownNow();
            }

            assertThat(failures).as("seed %d", SEED).isEmpty();
            assertLists(server, "DescribeDisks", "/Disks/Disk");
            assertLists(server, "DescribeInstances", "/Instances/Instance");
            assertThat(server.get("/_moorage/ready").statusCode()).isEqualTo(200);
            assertThat(server.call("DetachDisk", "InstanceId", "i-stopped1", "DiskId", "d-stopped1")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.disk("d-stopped1").get("Status").textValue()).isEqualTo("Detaching");
        }
    }

    /** All that has been made meanwhile can be read, in both formats. */
    private static void assertLists(RunningServer server, String action, String list) {
        int listed = 0;
        int page = 0;
        JsonNode answer;
        do {
            page++;
            answer = server.json(action, "RegionId", "cn-hangzhou", "PageSize", "100", "PageNumber", "" + page);
            assertThat(answer.at(list).isArray())
                    .as("seed %d: %s", SEED, answer)
                    .isTrue();
            listed += answer.at(list).size();
            var inXml = server.call(action, "RegionId", "cn-hangzhou", "PageSize", "100", "PageNumber", "" + page);
            assertThat(inXml.statusCode()).as("seed %d, page %d", SEED, page).isEqualTo(200);
            assertThatCode(() -> new XmlMapper().readTree(inXml.body()))
                    .as("seed %d", SEED)
                    .doesNotThrowAnyException();
        } while (answer.at(list).size() == 100);
        assertThat(listed)
                .as("seed %d", SEED)
                .isEqualTo(answer.get("TotalCount").intValue());
    }

    /** One caller, who keeps a connection for as long as the server does. */
    private static final class Caller implements AutoCloseable {
        private final int port;
        private Optional<Connection> kept = Optional.empty();

        Caller(int port) {
            this.port = port;
        }

        /** What is wrong with the answer to request {@code index}, if anything is. */
        Optional<String> send(int index) throws IOException {
            var random = new SplittableRandom(FIRST_SEED + index);
            var kind = Kind.drawn(random);
            var request = kind.request(random);
            var connection = kept.isPresent() ? kept.get() : new Connection(port);
            kept = Optional.empty();
            String wrong;
            try {
                connection.write(request);
                var answer = connection.read();
                wrong = wrong(request, answer);
                if (request.end() == End.NEXT
                        && answer.isPresent()
                        && answer.get().isKeptAlive()) {
                    kept = Optional.of(connection);
                }
            } catch (SocketTimeoutException e) {
                wrong = "neither answered nor closed";
            }
            if (kept.isEmpty()) connection.close();
            return wrong.isEmpty()
                    ? Optional.empty()
                    : Optional.of("request " + index + " of kind " + kind + ": " + wrong + "; it was " + request);
        }

        private static String wrong(Request request, Optional<Answer> answer) {
            if (answer.isEmpty()) return request.end() == End.NEXT ? "closed without an answer" : "";
            int status = answer.get().status();
            if (status < 200 || status >= 500) return "answered with " + answer.get();
            String type = answer.get().header("content-type");
            if (!type.equals("text/xml;charset=utf-8")
                    && !type.equals("application/json;charset=utf-8")
                    && !type.equals("application/json")) {
                return "answered as " + type + " with " + answer.get();
            }
            return "";
        }

        @Override
        public void close() throws IOException {
            if (kept.isPresent()) kept.get().close();
        }
    }

    /** HTTP as it is on the wire. */
    private static final class Connection {
        private final Socket socket;
        private final InputStream in;

        Connection(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            in = new BufferedInputStream(socket.getInputStream());
        }

        void write(Request request) {
            try {
                socket.getOutputStream().write(request.text().getBytes(ISO_8859_1));
                socket.getOutputStream().flush();
                if (request.end() == End.HALF_CLOSE) socket.shutdownOutput();
            } catch (IOException e) {
                // The server can have heard enough. Its answer may be there all the same.
            }
        }

        /** Empty if the server closes the connection instead. */
        Optional<Answer> read() throws IOException {
            try {
                var answer = readOne();
                while (answer.isPresent() && answer.get().status() == 100) answer = readOne();
                return answer;
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        private Optional<Answer> readOne() throws IOException {
            String status = line();
            if (status.isEmpty()) return Optional.empty();
            var headers = new TreeMap<String, String>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            var body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            return Optional.of(
                    new Answer(Integer.parseInt(status.split(" ", -1)[1]), headers, new String(body, UTF_8)));
        }

        /** Empty also at the end of the stream. */
        private String line() throws IOException {
            var line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) line.write(next);
            return line.toString(ISO_8859_1).strip();
        }

        void close() throws IOException {
            socket.close();
        }
    }

    private record Answer(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        boolean isKeptAlive() {
            return !header("connection").equalsIgnoreCase("close");
        }

        @Override
        public String toString() {
            return status + " " + headers + " " + shortened(body);
        }
    }

    private enum End {
        /** The request is complete: it must be answered, and the connection can be used again. */
        NEXT,
        /** Nobody can say where the request ends. */
        UNSURE,
        /** Nothing more comes, and the server can know it. */
        HALF_CLOSE
    }

    /** A character of the text is a byte on the wire. */
    private record Request(String text, End end) {
        @Override
        public String toString() {
            return shortened(text);
        }
    }

    private static String shortened(String text) {
        String printable = text.chars()
                .limit(400)
                .mapToObj(c -> c >= 0x20 && c < 0x7F ? String.valueOf((char) c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
        return text.length() + " characters: " + printable;
    }

    /** The ways to be malformed, each with its share. */
    private enum Kind {
        WRONG_VALUES(30) {
            @Override
            Request request(SplittableRandom random) {
                String parameters = wrongParameters(random);
                return random.nextBoolean()
                        ? get("/?" + parameters)
                        : post("/", "application/x-www-form-urlencoded", parameters);
            }
        },
        /** What callers call their own, others read. */
        STRANGE_TEXTS(3) {
            @Override
            Request request(SplittableRandom random) {
                String action = any(random, "CreateDisk", "CreateDisk", "RunInstances");
                String parameter = any(
                        random,
                        "Description",
                        "DiskName",
                        "InstanceName",
                        "HostName",
                        "ImageId",
                        "SystemDisk.Description");
                String text = random.ints(2 + random.nextInt(50), 0, Character.MAX_CODE_POINT + 1)
                        .map(character -> random.nextBoolean() ? character : character % 0x80)
                        .filter(character -> character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                var parameters = new TreeMap<>(GOOD);
                parameters.put(parameter, text);
                return get("/?Action=" + action + "&" + encoded(parameters));
            }
        },
        BROKEN_ENCODING(12) {
            @Override
            Request request(SplittableRandom random) {
                String broken = any(
                        random,
                        "%",
                        "%4",
                        "%zz",
                        "%%",
                        "%u1234",
                        "%FF",
                        "%C0%AF",
                        "%ED%A0%80",
                        "%F8%88%80%80%80",
                        "%e4%b8");
                String parameters = with(random, wrongParameters(random), broken);
                return random.nextBoolean()
                        ? get("/?" + parameters)
                        : post("/", "application/x-www-form-urlencoded", parameters);
            }
        },
        RAW_BYTES(6) {
            @Override
            Request request(SplittableRandom random) {
                String garbage = garbage(random, 1 + random.nextInt(20)).replaceAll("[\r\n ]", "x");
                return random.nextBoolean()
                        ? new Request("GET /?" + DETACH + "&DiskId=" + garbage + HTTP_AND_HOST + "\r\n", End.UNSURE)
                        : post("/?" + DETACH, "application/x-www-form-urlencoded", "DiskId=" + garbage);
            }
        },
        DUPLICATES(6) {
            @Override
            Request request(SplittableRandom random) {
                String one = any(
                        random, "Action=DetachDisk", "DiskId=d-1", "InstanceId=", "Signature=x", "Format=JSON", "a");
                return get("/?" + DETACH + ("&" + one).repeat(1 + random.nextInt(500)));
            }
        },
        MANY_PARAMETERS(2) {
            @Override
            Request request(SplittableRandom random) {
                String many =
                        IntStream.range(0, 5_000).mapToObj(i -> "&p" + i + "=").collect(Collectors.joining());
                return random.nextBoolean()
                        ? get("/?" + DETACH + many)
                        : post("/?" + DETACH, "application/x-www-form-urlencoded", many);
            }
        },
        HUGE_PARAMETERS(3) {
            @Override
            Request request(SplittableRandom random) {
                String huge = any(random, "x", "%41", "*", "[", "{\"a\":", "+").repeat(1 + random.nextInt(20_000));
                String name = any(
                        random, "DiskId", "DiskIds", "InstanceName", "Signature", "AccessKeyId", "Action", "Format");
                String action = any(random, "DetachDisk", "DescribeDisks", "DescribeInstances");
                String parameters =
                        "Version=2014-05-26&RegionId=cn-hangzhou&" + name + "=" + huge + "&Action=" + action;
                return random.nextBoolean()
                        ? new Request("GET /?" + parameters + HTTP_AND_HOST + "\r\n", End.UNSURE)
                        : post("/", "application/x-www-form-urlencoded", parameters);
            }
        },
        HUGE_HEADERS(3) {
            @Override
            Request request(SplittableRandom random) {
                String value = "x".repeat(random.nextInt(40_000));
                String header =
                        any(random, "Authorization", "x-acs-action", "Cookie", "Accept", "X-" + "y".repeat(500));
                String headers = random.nextBoolean()
                        ? header + ": " + value + "\r\n"
                        : (header + ": v\r\n").repeat(random.nextInt(300));
                return new Request("GET /?" + DETACH + HTTP_AND_HOST + headers + "\r\n", End.UNSURE);
            }
        },
        STRANGE_HEADERS(8) {
            @Override
            Request request(SplittableRandom random) {
                String header = any(
                        random,
                        "no colon",
                        ": no name",
                        "Space : before",
                        " Folded: x",
                        "X: a\r\n\tfolded",
                        "X: \u0000\u0001",
                        "X\u0000: y",
                        "X: \u00ff\u00fe",
                        "Host: other",
                        "Host: a b",
                        "Host: [::",
                        "Host: a:b:c",
                        "Host: :99999",
                        "Content-Length: abc",
                        "Content-Length: -1",
                        "Content-Length: 99999999999999999999",
                        "Content-Length: 0\r\nContent-Length: 1",
                        "Transfer-Encoding: nonsense",
                        "Transfer-Encoding: gzip, chunked",
                        "Content-Type: nonsense",
                        "Content-Type: a/b; c=\"",
                        "Content-Encoding: gzip",
                        "Connection: close, upgrade",
                        "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk",
                        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n"
                                + "Sec-WebSocket-Version: 13",
                        "Expect: 200-maybe",
                        "Expect: 100-continue",
                        "Range: bytes=0-0",
                        "Accept-Encoding: gzip, br",
                        "x-acs-content-sha256: nonsense",
                        garbage(random, 10) + ": " + garbage(random, 10));
                return new Request("GET /?" + DETACH + HTTP_AND_HOST + header + "\r\n\r\n", End.UNSURE);
            }
        },
        WRONG_CONTENT_TYPES(6) {
            @Override
            Request request(SplittableRandom random) {
                String type = any(
                        random,
                        "application/json",
                        "text/plain; charset=utf-16",
                        "application/x-www-form-urlencoded; charset=utf-16",
                        "application/x-www-form-urlencoded; charset=nonsense",
                        "multipart/form-data; boundary=x",
                        "multipart/form-data",
                        "application/octet-stream",
                        "*/*",
                        "x/y");
                String body = any(
                        random,
                        "{\"Action\":\"DetachDisk\"}",
                        "--x\r\n\r\n--x--",
                        wrongParameters(random),
                        "\u00ff\u00fe");
                return post(any(random, "/", "/?" + DETACH), type, body);
            }
        },
        WRONG_PARAMETER_SIGNATURES(8) {
            @Override
            Request request(SplittableRandom random) {
                var parameters = new TreeMap<String, String>();
                parameters.put("AccessKeyId", any(random, "testid", "testid", "nobody", "", "\u0000", "*"));
                parameters.put(
                        "Signature", any(random, "x", "", "OLeaidS1JvxuMvnyHOwuJ+uX5qY=", "\u0000", "=".repeat(5_000)));
                parameters.put(
                        "SignatureMethod",
                        any(random, "HMAC-SHA1", "HMAC-SHA1", "HMAC-SHA256", "NONE", "", "hmac-sha1"));
                parameters.put("SignatureVersion", any(random, "1.0", "1.0", "1", "2.0", ""));
                parameters.put(
                        "SignatureNonce",
                        any(random, nonce(random), nonce(random), "", "\u0000\r\n", "n".repeat(10_000)));
                parameters.put(
                        "Timestamp",
                        any(random, now(), now(), "2018-01-01T12:00:00Z", "now", "", "+999999999-12-31T23:59:59Z"));
                if (random.nextInt(4) == 0)
                    parameters.remove(any(random, parameters.keySet().toArray(String[]::new)));
                String signed = "&" + encoded(parameters);
                return random.nextBoolean()
                        ? get("/?" + DETACH + signed)
                        : post("/?" + DETACH, "application/x-www-form-urlencoded", signed);
            }
        },
        WRONG_HEADER_SIGNATURES(8) {
            @Override
            Request request(SplittableRandom random) {
                String authorization = any(
                        random,
                        "ACS3-",
                        "ACS3-HMAC-SHA256",
                        "ACS3-HMAC-SHA256 ,,,",
                        "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=,Signature=",
                        "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=;;;,Signature=00",
                        "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=" + "host;".repeat(3_000) + ",Signature=00",
                        "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-date;absent,Signature=00",
                        "ACS3-HMAC-SHA256 Credential=nobody,SignedHeaders=host,Signature=00",
                        "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=content-type,Signature=" + "f".repeat(64),
                        "ACS3-RSA-SHA256 Credential=testid,SignedHeaders=host,Signature=00",
                        "Basic nonsense",
                        "Bearer " + garbage(random, 20).replaceAll("[\\x00-\\x1f\\x7f-\\xff]", "x"));
                String date = any(random, now(), now(), "2018-01-01T12:00:00Z", "now", "");
                return new Request(
                        any(random, "GET", "POST") + " /?DiskId=" + encoded(any(random, VALUES)) + HTTP_AND_HOST
                                + "Content-Length: 0\r\nx-acs-action: DetachDisk\r\nx-acs-version: 2014-05-26\r\n"
                                + "x-acs-date: "
                                + date + "\r\nx-acs-signature-nonce: " + nonce(random) + "\r\nAuthorization: "
                                + authorization
                                + "\r\n\r\n",
                        End.NEXT);
            }
        },
        BROKEN_BODIES(5) {
            @Override
            Request request(SplittableRandom random) {
                String framing = any(
                        random,
                        "Content-Length: 100\r\n\r\nDiskId=d-1",
                        "Content-Length: 10000000000\r\n\r\nDiskId=d-1",
                        "Content-Length: 3\r\n\r\nDiskId=d-1",
                        "Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                        "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
                        "Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
                        "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
                        "Transfer-Encoding: chunked\r\n\r\n3\r\nab",
                        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                        "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFFFF\r\nabc",
                        "Transfer-Encoding: chunked\r\n\r\n7FFFFFFF\r\nabc",
                        "Transfer-Encoding: chunked\r\n\r\n3;" + "x".repeat(10_000) + "\r\nabc\r\n0\r\n\r\n",
                        "Transfer-Encoding: chunked\r\n\r\n0\r\nnonsense\r\n\r\n",
                        "Transfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n".repeat(2_000),
                        "Transfer-Encoding: chunked\r\n\r\n" + garbage(random, 50));
                return new Request(
                        "POST /?" + DETACH + HTTP_AND_HOST + "Content-Type: application/x-www-form-urlencoded\r\n"
                                + framing,
                        random.nextInt(10) == 0 ? End.UNSURE : End.HALF_CLOSE);
            }
        },
        OVERSIZED_BODIES(1) {
            @Override
            Request request(SplittableRandom random) {
                String body = "x".repeat(1_048_577 + random.nextInt(1_000_000));
                String framed = random.nextBoolean()
                        ? "Content-Length: " + body.length() + "\r\n\r\n" + body
                        : "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n" + body
                                + "\r\n0\r\n\r\n";
                return new Request("POST /?" + DETACH + HTTP_AND_HOST + framed, End.UNSURE);
            }
        },
        ABSURD_METHODS_AND_PATHS(10) {
            @Override
            Request request(SplittableRandom random) {
                String method = any(
                        random,
                        "GET",
                        "POST",
                        "PUT",
                        "DELETE",
                        "TRACE",
                        "CONNECT",
                        "get",
                        "G".repeat(2_000),
                        "G\u0000T",
                        "");
                String target = any(
                        random,
                        "/",
                        "*",
                        "",
                        "//",
                        "/?",
                        "/??",
                        "/?#x",
                        "/#",
                        "?" + DETACH,
                        "x",
                        "/%00",
                        "/%",
                        "/../../etc/passwd",
                        "/_moorage/",
                        "/_moorage/../",
                        "/_moorage/live?x=%zz",
                        "/_moorage/" + "x".repeat(5_000),
                        "http://",
                        "http://127.0.0.1",
                        "http://[::/",
                        "http://x/?" + DETACH,
                        "127.0.0.1:80",
                        "/" + "a/".repeat(20_000),
                        "/" + "x".repeat(70_000),
                        "/ with spaces",
                        "/\u0000",
                        "/\u00ff\u00fe");
                String version = any(
                        random, " HTTP/1.1", " HTTP/1.1", " HTTP/1.0", " HTTP/2.0", " HTTP/9.9", " HTTP/", "", " x");
                return new Request(
                        method + " " + target + version + "\r\nHost: 127.0.0.1\r\n\r\n",
                        random.nextInt(10) == 0 ? End.UNSURE : End.HALF_CLOSE);
            }
        },
        NOT_HTTP(5) {
            @Override
            Request request(SplittableRandom random) {
                return new Request(
                        any(
                                random,
                                garbage(random, 1 + random.nextInt(2_000)),
                                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"
                                        + garbage(random, 500),
                                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + garbage(random, 20),
                                "SSH-2.0-OpenSSH_9.6\r\n",
                                "\r\n\r\n\r\n",
                                "\u0000".repeat(1 + random.nextInt(5_000)),
                                "GET",
                                "GET /\r\n",
                                "GET / HTTP/1.1\r\nHost",
                                "{\"Action\":\"DetachDisk\"}\r\n",
                                "x".repeat(100_000)),
                        random.nextInt(25) == 0 ? End.UNSURE : End.HALF_CLOSE);
            }
        };

        private static final String DETACH = "Action=DetachDisk&Version=2014-05-26";
        private static final String HTTP_AND_HOST = " HTTP/1.1\r\nHost: 127.0.0.1\r\n";

        private static final Map<String, String> GOOD = Map.of(
                "Version", "2014-05-26",
                "RegionId", "cn-hangzhou",
                "ZoneId", "cn-hangzhou-b",
                "Size", "20",
                "InstanceId", "i-23jggx34b",
                "DiskId", "d-23jbf2v5m",
                "ImageId", "an-image",
                "InstanceType", "ecs.g5.large",
                "Id", "cn-hangzhou",
                "ServiceCode", "ecs");

        /** Of a wrong type, at a limit, or of a kind that upsets parsers; and a few good ones, to get further. */
        private static final String[] VALUES = {
            "",
            " ",
            "0",
            "-1",
            "1",
            "20",
            "101",
            "999999999",
            "99999999999999999999",
            "1.0",
            "1e9",
            "NaN",
            "true",
            "perhaps",
            "null",
            "[",
            "[]",
            "{}",
            "[1]",
            "[null]",
            "[[\"d-1\"]]",
            "[\"d-1\"",
            "[\"d-23jbf2v5m\",\"\\u0000\"]",
            "[".repeat(5_000),
            "\u0000",
            "a\u0001b",
            "a\u001f\u007f\u0085b",
            "\ufffe\uffff",
            "\ud83d\udc33",
            "\u4e2d\u6587",
            "</Message><x>",
            "]]>",
            "\"\\",
            "\\\\EE(",
            "\\Q\\E",
            "(a+)+$",
            "*".repeat(20) + "x",
            "*".repeat(8_000),
            "../../etc/passwd",
            "${jndi:ldap://x}",
            "' OR 1=1 --",
            "x".repeat(300),
            "%",
            "+",
            "&=",
            "p",
            "pzzzzzzzzzzzz",
            "i-23jggx34b",
            "d-23jbf2v5m",
            "i-locked1",
            "d-sys1",
            "cn-hangzhou",
            "cn-hangzhou-b",
            "cloud_ssd",
            "/dev/xvdb",
            "Running",
        };

        private final int share;

        Kind(int share) {
            this.share = share;
        }

        abstract Request request(SplittableRandom random);

        static Kind drawn(SplittableRandom random) {
            int all = 0;
            for (var kind : values()) all += kind.share;
            int at = random.nextInt(all);
            for (var kind : values()) {
                at -= kind.share;
                if (at < 0) return kind;
            }
            throw new AssertionError("The shares do not add up");
        }

        private static String any(SplittableRandom random, String... choices) {
            return choices[random.nextInt(choices.length)];
        }

        /** A known action, with what it needs to get far, and a few values that are not what they should be. */
        private static String wrongParameters(SplittableRandom random) {
            var specs = Actions.specs();
            String action = any(random, specs.keySet().toArray(String[]::new));
            var parameters = new TreeMap<>(GOOD);
            parameters.put("Action", action);
            parameters.put("Format", any(random, "JSON", "XML", "", "YAML"));
            var spec = specs.getOrDefault(action, specs.get("DetachDisk"));
            parameters.put("Version", spec.version());
            var names = spec.parameters().stream().map(ParameterSpec::name).toArray(String[]::new);
            for (int wrong = names.length == 0 ? 0 : 1 + random.nextInt(3); wrong > 0; wrong--) {
                String name = any(random, names);
                String index = any(random, "1", "1", "2", "0", "01", "-1", "x", "99999999", "", "1.1");
                parameters.put(name.replace(".N", "." + index), any(random, VALUES));
            }
            if (random.nextInt(8) == 0)
                parameters.remove(any(random, GOOD.keySet().toArray(String[]::new)));
            return encoded(parameters);
        }

        private static String with(SplittableRandom random, String text, String inserted) {
            int at = random.nextInt(text.length() + 1);
            return text.substring(0, at) + inserted + text.substring(at);
        }

        private static String garbage(SplittableRandom random, int length) {
            var garbage = new StringBuilder();
            for (int i = 0; i < length; i++) garbage.append((char) random.nextInt(256));
            return garbage.toString();
        }

        private static String nonce(SplittableRandom random) {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }

        private static String now() {
            return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        }

        private static String encoded(Map<String, String> parameters) {
            return parameters.entrySet().stream()
                    .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                    .collect(Collectors.joining("&"));
        }

        private static String encoded(String value) {
            return URLEncoder.encode(value, UTF_8);
        }

        private static Request get(String target) {
            return new Request("GET " + target + HTTP_AND_HOST + "\r\n", End.NEXT);
        }

        private static Request post(String target, String contentType, String body) {
            return new Request(
                    "POST " + target + HTTP_AND_HOST + "Content-Type: " + contentType + "\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body,
                    End.NEXT);
        }
    }
}
