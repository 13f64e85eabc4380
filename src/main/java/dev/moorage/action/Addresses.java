package dev.moorage.action;

import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/** Addresses that follow from the id of an instance. Each kind has a range of its own, so that no two kinds meet. */
final class Addresses {
    private Addresses() {}

    /** A private address for a new instance, in 172.16.0.0/12; another one at each attempt. */
    static String given(InstanceId id, int attempt) {
        int hash = hash(id.value() + "#" + attempt);
        return "172." + (16 + (hash >>> 16 & 0xF)) + "." + host(hash);
    }

    /** The private address of an instance that has been given none, in 10.0.0.0/8. */
    static String ofOld(InstanceId id) {
        int hash = hash(id.value());
        return "10." + (hash >>> 16 & 0xFF) + "." + host(hash);
    }

    /**
     * One for the internet, in a range where nobody is: 198.18.0.0/15. It comes with outbound bandwidth, unless the
     * instance was made to stay stopped.
     */
    static Optional<String> ofInternet(Instance instance) {
        if (instance.spec().maxBandwidthOutMbps() == 0 || instance.staysStopped()) return Optional.empty();
        int hash = hash(instance.id().value());
        return Optional.of("198." + (18 + (hash >>> 16 & 1)) + "." + host(hash));
    }

    static String ofHardware(InstanceId id) {
        int hash = hash(id.value());
        return String.format(
                Locale.ROOT, "00:16:3e:%02x:%02x:%02x", hash >>> 16 & 0xFF, hash >>> 8 & 0xFF, hash & 0xFF);
    }

    /** The last two parts: neither a network nor a broadcast address. */
    private static String host(int hash) {
        return (hash >>> 8 & 0xFF) + "." + (1 + (hash & 0xFF) % 254);
    }

    private static int hash(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
