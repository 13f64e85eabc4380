package dev.moorage.action;

import dev.moorage.contract.Arguments;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.view.AccountView;
import dev.moorage.view.Listed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The instances that a query is about.
 *
 * @param ids empty for all that there are; an empty list means none
 */
record WantedInstances(Optional<List<InstanceId>> ids) {
    private static final int MAX = 100;

    /** {@code InstanceId.1} and so on. */
    static WantedInstances numbered(Arguments arguments, String list) {
        return of(Optional.of(arguments.strings(list)).filter(ids -> !ids.isEmpty()));
    }

    /** A JSON array in one parameter. What is none asks for nothing. */
    static WantedInstances inArray(Arguments arguments, String parameter) {
        return of(arguments
                .string(parameter)
                .map(array -> arguments.jsonArray(parameter).orElse(List.of())));
    }

    static WantedInstances betweenCommas(Arguments arguments, String parameter) {
        return of(arguments.string(parameter).map(ids -> List.of(ids.split(","))));
    }

    private static WantedInstances of(Optional<List<String>> ids) {
        return new WantedInstances(
                ids.map(all -> all.stream().map(InstanceId::new).toList()));
    }

    boolean areTooMany() {
        return ids.map(List::size).orElse(0) > MAX;
    }

    /** Whether all that are named are there, in this region. */
    boolean areThere(AccountView view, String regionId) {
        return ids.orElse(List.of()).stream().allMatch(id -> {
            var instance = view.instance(id);
            return instance != null && instance.spec().regionId().equals(regionId);
        });
    }

    /** Those that are there of those that are named. */
    Stream<Instance> named(AccountView view) {
        return view.instances(ids.orElse(List.of())).map(Listed::thing);
    }

    /** In the order of every list. */
    Stream<Listed<Instance>> after(long place, AccountView view) {
        return ids.map(named -> Listed.inOrder(view.instances(named), place))
                .orElseGet(() -> view.instancesAfter(place));
    }
}
