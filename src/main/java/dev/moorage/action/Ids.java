package dev.moorage.action;

import dev.moorage.contract.Call;
import dev.moorage.domain.ClientToken;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.SnapshotId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * New ids, as the vendor makes them: twenty characters, of which the first three tell the region. No id is given to two
 * things.
 *
 * <p>The ids of a call with a client token follow from that token. So the same call, sent again, means the same things,
 * also while the first one is still under way, and also after a restart.
 */
public final class Ids {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int KIND_CHARACTERS = 2;
    private static final int REGION_CHARACTERS = 3;
    private static final int RANDOM_CHARACTERS = 17;
    private static final String FIRST_DIGIT_OF_ORDERS = "2";
    private static final int DIGITS_OF_ORDERS = 15;

    private final RandomGenerator random;
    private final Function<String, Optional<Instant>> createdAt;
    private final Clock clock;
    private final Predicate<String> passedOver;

    /**
     * Ids by chance.
     *
     * @param createdAt when what has an id was made, in this life of the server or an earlier one; empty if nothing was
     */
    public Ids(RandomGenerator random, Function<String, Optional<Instant>> createdAt, Clock clock) {
        this(random, createdAt, clock, id -> createdAt.apply(id).isPresent());
    }

    private Ids(
            RandomGenerator random,
            Function<String, Optional<Instant>> createdAt,
            Clock clock,
            Predicate<String> passedOver) {
        this.random = random;
        this.createdAt = createdAt;
        this.clock = clock;
        this.passedOver = passedOver;
    }

    /** Those for what this call makes. */
    Ids of(Call call) {
        var token = call.arguments().string("ClientToken");
        if (token.isEmpty()) return this;
        String whose = String.join("\n", call.caller().account(), call.action().action(), token.get());
        // A token that is forgotten stands for something new.
        return new Ids(
                seeded(whose),
                createdAt,
                clock,
                id -> createdAt
                        .apply(id)
                        .map(at -> clock.instant().isAfter(at.plus(ClientToken.RETENTION)))
                        .orElse(false));
    }

    /** A number that a text always stands for. */
    static long seed(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    public DiskId newDisk(String regionId) {
        return new DiskId(next("d-", regionId));
    }

    /**
     * For one more disk of this instance: where that is from can be told by its id. The same token means another disk
     * on another instance.
     */
    synchronized DiskId newDiskFor(InstanceId instance) {
        String id;
        do {
            id = "d-" + regionPrefix(instance.value()) + characters(seeded(instance + "\n" + characters(random)));
        } while (passedOver.test(id));
        return new DiskId(id);
    }

    /** The disks that an instance is made with follow from its id: they are its own, whatever else a call makes. */
    static DiskId diskOf(InstanceId instance, int number) {
        return new DiskId("d-" + regionPrefix(instance.value()) + characters(seeded(instance + "\n" + number)));
    }

    private static String regionPrefix(String id) {
        boolean made = id.length() == KIND_CHARACTERS + REGION_CHARACTERS + RANDOM_CHARACTERS;
        return made ? id.substring(KIND_CHARACTERS, KIND_CHARACTERS + REGION_CHARACTERS) : Regions.idPrefix("");
    }

    private static RandomGenerator seeded(String text) {
        return new SplittableRandom(seed(text));
    }

    public InstanceId newInstance(String regionId) {
        return new InstanceId(next("i-", regionId));
    }

    SnapshotId newSnapshotOf(DiskId disk) {
        return new SnapshotId(newId("s-", regionPrefix(disk.value())));
    }

    /** Of an order: digits only. They are not looked up, and chance keeps them apart. */
    synchronized String newOrder() {
        return FIRST_DIGIT_OF_ORDERS
                + random.ints(DIGITS_OF_ORDERS - 1, 0, 10)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining());
    }

    /** Of a task: they are not looked up, and chance keeps them apart. */
    String newTaskFor(DiskId disk) {
        return newId("t-", regionPrefix(disk.value()));
    }

    private String next(String kind, String regionId) {
        return newId(kind, Regions.idPrefix(regionId));
    }

    private synchronized String newId(String kind, String regionPrefix) {
        String id;
        do {
            id = kind + regionPrefix + characters(random);
        } while (passedOver.test(id));
        return id;
    }

    private static String characters(RandomGenerator random) {
        var characters = new StringBuilder(RANDOM_CHARACTERS);
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            characters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return characters.toString();
    }
}
