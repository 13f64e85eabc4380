package dev.moorage.benchmark;

import dev.moorage.contract.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Calls as the vendor's SDKs send them, signed and ready to go out. */
final class SignedCalls {
    private static final String CALL = "POST /?";
    private static final String CONSTANT = "GET /_moorage/live";
    private static final String REGION = "cn-hangzhou";

    private final Signer signer = new Signer(Signer.Version.V1, "testid", "testsecret");
    private final String host;
    private final String noncePrefix = UUID.randomUUID() + "-";
    private int nonces;

    SignedCalls(int port) {
        this.host = "127.0.0.1:" + port;
    }

    List<byte[]> detach(IntStream disks) {
        return moves("DetachDisk", disks);
    }

    List<byte[]> attach(IntStream disks) {
        return moves("AttachDisk", disks);
    }

    private List<byte[]> moves(String action, IntStream disks) {
        return disks.mapToObj(
                        disk -> Map.of("InstanceId", Samples.instanceOf(disk).value(), "DiskId", id(disk)))
                .map(parameters -> post(action, parameters))
                .toList();
    }

    /** @param together how many disks each call is about */
    List<byte[]> describe(IntStream first, int together) {
        return first.mapToObj(disk -> {
                    String ids = IntStream.range(disk, disk + together)
                            .mapToObj(one -> '"' + id(one) + '"')
                            .collect(Collectors.joining(",", "[", "]"));
                    return post("DescribeDisks", Map.of("RegionId", REGION, "DiskIds", ids, "PageSize", "100"));
                })
                .toList();
    }

    /** A question of which nothing has to be decoded, and to which the answer is always the same. */
    List<byte[]> constant(int count) {
        var request = bytes(CONSTANT);
        return Stream.generate(() -> request).limit(count).toList();
    }

    /** The same question with the queries of these calls: Akka HTTP takes as much of them in as of the calls. */
    static List<byte[]> constantAsLong(List<byte[]> calls) {
        return calls.stream()
                .map(call -> new String(call, StandardCharsets.UTF_8)
                        .replace(CALL, CONSTANT + '?')
                        .getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static String id(int disk) {
        return Samples.disk(disk).value();
    }

    private byte[] post(String action, Map<String, String> parameters) {
        var signed = signer.sign(action, parameters, host, Instant.now(), noncePrefix + nonces++);
        return bytes(CALL + signed.query());
    }

    private byte[] bytes(String line) {
        return (line + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
