package dev.moorage;

import com.typesafe.config.Config;
import dev.moorage.domain.Story;
import dev.moorage.journal.Journal;
import dev.moorage.simulation.Cloud;
import dev.moorage.view.World;

/** What a server with these settings is in virtual time. */
final class SimulatedCloud {
    private static final String NAME = "fleet";

    private SimulatedCloud() {}

    /**
     * A cloud to be simulated.
     *
     * @param server a server's whole configuration
     * @param fleet as a fleet file says it
     * @param throughput how many messages an actor may take in a turn
     * @throws CannotStart if a setting is not one that its key can have
     * @throws FleetProblem if the fleet contradicts itself
     */
    static Cloud of(Config server, String fleet, int throughput) {
        var settings = Settings.of(server);
        var story = new Story(NAME, "moorage", NAME, Cloud.BEGINNING);
        var births = FleetFile.parse(fleet, story, settings.durations()).births(new World(), story).stream()
                .map(together -> together.stream()
                        .map(birth -> new Journal.Fact(birth.id(), 1, birth.event()))
                        .toList())
                .toList();
        return new Cloud(
                Cloud.inVirtualTime(server, throughput),
                settings.durations(),
                settings.compatibility(),
                settings.deleteAutoSnapshot(),
                settings.idle(),
                settings.throttling(),
                births);
    }
}
