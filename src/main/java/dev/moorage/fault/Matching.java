package dev.moorage.fault;

import dev.moorage.domain.Disk;
import dev.moorage.domain.Instance;
import dev.moorage.domain.RuleMatch;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Whether a call is one that a rule is for: all but how many other disks are in a state. */
final class Matching {
    private Matching() {}

    static boolean fits(RuleMatch match, Subject subject) {
        return fitsCall(match, subject) && fitsThings(match, subject.disk(), subject.instance());
    }

    /** Apart from what it is about. */
    static boolean fitsCall(RuleMatch match, Subject subject) {
        return anyGlob(match.actions(), subject.action())
                && any(match.accounts(), subject.account())
                && any(match.callers(), subject.caller())
                && match.arguments().stream().allMatch(wanted -> has(subject, wanted));
    }

    static boolean fitsThings(RuleMatch match, @Nullable Disk disk, @Nullable Instance instance) {
        return fitsDisk(match, disk)
                && fitsInstance(match, instance)
                && (match.tag().isEmpty() || hasTag(match.tag(), disk, instance))
                && (match.attached().isEmpty() || isAttached(match.attached(), disk, instance));
    }

    private static boolean fitsDisk(RuleMatch match, @Nullable Disk disk) {
        boolean asksForDisk = !match.diskIds().isEmpty()
                || !match.categories().isEmpty()
                || !match.statuses().isEmpty()
                || !match.diskTag().isEmpty();
        if (!asksForDisk) return true;
        return disk != null
                && any(match.diskIds(), disk.id().value())
                && any(match.categories(), disk.spec().category())
                && any(match.statuses(), disk.status().wire())
                && (match.diskTag().isEmpty() || has(disk.spec().tags(), match.diskTag()));
    }

    private static boolean fitsInstance(RuleMatch match, @Nullable Instance instance) {
        boolean asksForInstance = !match.instanceIds().isEmpty()
                || !match.instanceTag().isEmpty()
                || !match.instanceWithoutTag().isEmpty()
                || match.others() > 0;
        if (!asksForInstance) return true;
        if (instance == null || !any(match.instanceIds(), instance.id().value())) return false;
        var tags = instance.spec().tags();
        return (match.instanceTag().isEmpty() || has(tags, match.instanceTag()))
                && (match.instanceWithoutTag().isEmpty() || !has(tags, match.instanceWithoutTag()));
    }

    private static boolean hasTag(String tag, @Nullable Disk disk, @Nullable Instance instance) {
        return (disk != null && has(disk.spec().tags(), tag))
                || (instance != null && has(instance.spec().tags(), tag));
    }

    private static boolean isAttached(String where, @Nullable Disk disk, @Nullable Instance instance) {
        if (disk == null || instance == null || disk.mounts().isEmpty()) return false;
        boolean here =
                disk.mounts().stream().anyMatch(mount -> mount.attachment().isTo(instance.id()));
        return here == where.equals(RuleMatch.HERE);
    }

    private static boolean has(Subject subject, String argument) {
        int equals = argument.indexOf('=');
        return subject.arguments()
                .string(argument.substring(0, equals))
                .map(argument.substring(equals + 1)::equals)
                .orElse(false);
    }

    private static boolean any(List<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.contains(actual);
    }

    static boolean anyGlob(List<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.stream().anyMatch(glob -> glob(glob, actual));
    }

    /** Whether a name is as the pattern has it, in which {@code *} stands for any letters. */
    static boolean glob(String pattern, String name) {
        int star = pattern.indexOf('*');
        if (star < 0) return pattern.equals(name);
        if (!name.startsWith(pattern.substring(0, star))) return false;
        String rest = pattern.substring(star + 1);
        return IntStream.rangeClosed(star, name.length()).anyMatch(from -> glob(rest, name.substring(from)));
    }

    /** A key alone is there with whatever value. */
    private static boolean has(Map<String, String> tags, String tag) {
        int equals = tag.indexOf('=');
        if (equals < 0) return tags.containsKey(tag);
        return tag.substring(equals + 1).equals(tags.get(tag.substring(0, equals)));
    }
}
