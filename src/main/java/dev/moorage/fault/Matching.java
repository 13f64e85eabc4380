package dev.moorage.fault;

import dev.moorage.domain.RuleMatch;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Whether a call is one that a rule is for: all but how many other disks are in a state. */
final class Matching {
    private Matching() {}

    static boolean fits(RuleMatch match, Subject subject) {
        var disk = subject.disk();
        var instance = subject.instance();
        if (!anyGlob(match.actions(), subject.action())) return false;
        if (!any(match.accounts(), subject.account())) return false;
        if (!any(match.callers(), subject.caller())) return false;
        boolean asksForDisk = !match.diskIds().isEmpty()
                || !match.categories().isEmpty()
                || !match.statuses().isEmpty()
                || !match.diskTag().isEmpty();
        if (asksForDisk) {
            if (disk == null) return false;
            if (!any(match.diskIds(), disk.id().value())) return false;
            if (!any(match.categories(), disk.spec().category())) return false;
            if (!any(match.statuses(), disk.status().wire())) return false;
            if (!match.diskTag().isEmpty() && !has(disk.spec().tags(), match.diskTag())) return false;
        }
        boolean asksForInstance = !match.instanceIds().isEmpty()
                || !match.instanceTag().isEmpty()
                || !match.instanceWithoutTag().isEmpty()
                || match.others() > 0;
        if (!asksForInstance) return true;
        if (instance == null) return false;
        if (!any(match.instanceIds(), instance.id().value())) return false;
        var tags = instance.spec().tags();
        if (!match.instanceTag().isEmpty() && !has(tags, match.instanceTag())) return false;
        return match.instanceWithoutTag().isEmpty() || !has(tags, match.instanceWithoutTag());
    }

    private static boolean any(List<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.contains(actual);
    }

    private static boolean anyGlob(List<String> wanted, String actual) {
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
