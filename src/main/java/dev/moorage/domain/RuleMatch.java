package dev.moorage.domain;

import java.util.List;

/**
 * Which calls a rule is for. What is empty is not asked for.
 *
 * @param actions names, in which {@code *} stands for any letters
 * @param instanceIds of the instance that the call names, or else of the one that its disk is on
 * @param tag {@code key} or {@code key=value}, of the disk or of the instance
 * @param diskTag likewise, of the disk
 * @param instanceWithoutTag likewise, of one that the instance must not have
 * @param arguments {@code Name=value}, as the call has them
 * @param attached {@code here}: the disk is on the instance that the call names; {@code elsewhere}: on another
 * @param others so many other disks of the instance, or more, are in one of {@code otherStatuses}
 */
public record RuleMatch(
        List<String> actions,
        List<String> diskIds,
        List<String> instanceIds,
        String tag,
        String diskTag,
        String instanceTag,
        String instanceWithoutTag,
        List<String> categories,
        List<String> accounts,
        List<String> callers,
        List<String> statuses,
        List<String> arguments,
        String attached,
        int others,
        List<String> otherStatuses) {

    public static final String HERE = "here";

    /** What {@code attached} can be. */
    public static final List<String> ATTACHED = List.of(HERE, "elsewhere");

    /** What was not asked for when a rule was written comes back from the journal as null. */
    public RuleMatch {
        tag = tag == null ? "" : tag;
        attached = attached == null ? "" : attached;
        arguments = arguments == null ? List.of() : List.copyOf(arguments);
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
                actions, List.of(), List.of(), "", "", "", "", List.of(), accounts, callers, List.of(), List.of(), "",
                0, List.of());
    }
}
