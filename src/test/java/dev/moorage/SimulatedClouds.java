package dev.moorage;

import com.typesafe.config.ConfigFactory;
import dev.moorage.simulation.Cloud;

/** Clouds for tests in other packages. */
public final class SimulatedClouds {
    private SimulatedClouds() {}

    /** Three instances with three disks each, and a server as it is by default. */
    public static Cloud small() {
        return SimulatedCloud.of(ConfigFactory.load("server"), "generate = { instances = 3, disksPerInstance = 3 }", 1);
    }
}
