package dev.moorage.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How the one who calls goes on after an answer, as the sources of such clients do. */
public enum Client {
    /** Calls once, and asks for a hundred disks at a time as often as the workload says. */
    PLAIN(100),

    /**
     * The Kubernetes CSI driver behind its external-attacher: looks before it acts, asks every second for up to a hundred
     * disks. {@code Throttling} is tried again after 1 s, doubling to 10 s, by the driver (pkg/cloud/throttle); anything
     * else after 1 s, doubling to 5 min, by the attacher.
     */
    CSI(100) {
        @Override
        boolean looksFirst(Verb verb) {
            return moves(verb);
        }

        @Override
        Optional<Duration> again(Verb verb, String error, int attempt, Duration spent) {
            boolean throttled = error.equals("Throttling");
            if (!throttled && !moves(verb)) return Optional.empty();
            return Optional.of(least(doubled(attempt), throttled ? Duration.ofSeconds(10) : Duration.ofMinutes(5)));
        }

        @Override
        Duration pollAfter(int polls, Duration workload) {
            return SECOND;
        }
    },

    /**
     * The Terraform provider's disk attachment (resource_alicloud_ecs_disk_attachment.go): looks before it attaches, tries
     * again every 3 s for 10 min what may pass, then asks for each disk by itself, at once and after 3 s, 6 s and every 10 s.
     */
    TERRAFORM(1) {
        @Override
        boolean looksFirst(Verb verb) {
            return verb == Verb.ATTACH;
        }

        @Override
        boolean isDone(Verb verb, String error) {
            return verb == Verb.DETACH && IS_DETACHED.contains(error);
        }

        @Override
        Optional<Duration> again(Verb verb, String error, int attempt, Duration spent) {
            boolean mayPass = PASSES.contains(error)
                    || error.contains("Throttling")
                    || (verb == Verb.DETACH && error.equals("DisksDetachingOnEcsExceeded"));
            boolean hasTime = spent.compareTo(Duration.ofMinutes(10)) < 0;
            return moves(verb) && mayPass && hasTime ? Optional.of(Duration.ofSeconds(3)) : Optional.empty();
        }

        @Override
        Duration pollAfter(int polls, Duration workload) {
            return switch (polls) {
                case 0 -> Duration.ZERO;
                case 1 -> Duration.ofSeconds(3);
                case 2 -> Duration.ofSeconds(6);
                default -> Duration.ofSeconds(10);
            };
        }
    };

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int LONGEST_DOUBLING = 20;
    private static final Set<String> PASSES = Set.of(
            "IncorrectDiskStatus",
            "IncorrectDiskStatus.Initializing",
            "IncorrectInstanceStatus",
            "InternalError",
            "InvalidOperation.Conflict",
            "OperationConflict",
            "ServiceUnavailable",
            Answer.TIMEOUT,
            Answer.RESET,
            Answer.REFUSED);
    private static final Set<String> IS_DETACHED = Set.of(
            "InvalidDisk.AlreadyDetached",
            "InvalidDiskId.NotFound",
            "InvalidDiskId.OperationNotSupported",
            "InvalidInstanceId.NotFound");

    private final int polledAtOnce;

    Client(int polledAtOnce) {
        this.polledAtOnce = polledAtOnce;
    }

    /** The one that has this word. */
    public static Optional<Client> named(String word) {
        return Arrays.stream(values())
                .filter(client -> client.word().equals(word))
                .findFirst();
    }

    /** The name in small letters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Disks in one call, at most. */
    int polledAtOnce() {
        return polledAtOnce;
    }

    /** Whether it asks for the disk before it does this to it. */
    boolean looksFirst(Verb verb) {
        return false;
    }

    /** Whether to it this error says that all is as it should be. */
    boolean isDone(Verb verb, String error) {
        return false;
    }

    /**
     * When it tries again, if it does.
     *
     * @param attempt that failed, from 0
     * @param spent since the first began
     */
    Optional<Duration> again(Verb verb, String error, int attempt, Duration spent) {
        return Optional.empty();
    }

    /** How long it waits before it asks again for a disk on its way that it has asked for so often. */
    Duration pollAfter(int polls, Duration workload) {
        return workload;
    }

    /** Whether it waits for an attached disk as it does for a detached one. */
    boolean watches(Verb verb) {
        return verb == Verb.DETACH || (this != PLAIN && verb == Verb.ATTACH);
    }

    private static boolean moves(Verb verb) {
        return verb == Verb.DETACH || verb == Verb.ATTACH;
    }

    private static Duration doubled(int attempt) {
        return SECOND.multipliedBy(1L << Math.min(attempt, LONGEST_DOUBLING));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
