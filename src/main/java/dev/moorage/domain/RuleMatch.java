package dev.moorage.domain;

import java.util.List;

/**
 * Which calls a rule is for. What is empty is not asked for.
 *
 * @param actions names, in which {@code *} stands for any letters
 * @param instanceIds of the instance that the call names, or else of the one that its disk is on
 * @param diskTag {@code key} or {@code key=value}
 * @param instanceWithoutTag likewise, of one that the instance must not have
 * @param others so many other disks of the instance, or more, are in one of {@code otherStatuses}
 */
public record RuleMatch(
        List<String> actions,
        List<String> diskIds,
        List<String> instanceIds,
        String diskTag,
        String instanceTag,
        String instanceWithoutTag,
        List<String> categories,
        List<String> accounts,
        List<String> callers,
        List<String> statuses,
        int others,
        List<String> otherStatuses) {

    public RuleMatch {
        actions = List.copyOf(actions);
        diskIds = List.copyOf(diskIds);
        instanceIds = List.copyOf(instanceIds);
        categories = List.copyOf(categories);
        accounts = List.copyOf(accounts);
        callers = List.copyOf(callers);
        statuses = List.copyOf(statuses);
        otherStatuses = List.copyOf(otherStatuses);
    }

    /** Whatever they are about. */
    public static RuleMatch ofCalls(List<String> actions, List<String> accounts, List<String> callers) {
        return new RuleMatch(
                actions, List.of(), List.of(), "", "", "", List.of(), accounts, callers, List.of(), 0, List.of());
    }
}
