package dev.moorage.action;

import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.InstanceId;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * New ids, as the vendor makes them: twenty characters, of which the first three tell the region. No id is given twice.
 */
public final class Ids {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_CHARACTERS = 17;

    private final RandomGenerator random;
    private final Predicate<EntityId> taken;

    /**
     * Ids by chance.
     *
     * @param taken whether an id was given before, in this life of the server or an earlier one
     */
    public Ids(RandomGenerator random, Predicate<EntityId> taken) {
        this.random = random;
        this.taken = taken;
    }

    public synchronized DiskId newDisk(String regionId) {
        DiskId id;
        do {
            id = new DiskId("d-" + Regions.idPrefix(regionId) + characters());
        } while (taken.test(id));
        return id;
    }

    public synchronized InstanceId newInstance(String regionId) {
        InstanceId id;
        do {
            id = new InstanceId("i-" + Regions.idPrefix(regionId) + characters());
        } while (taken.test(id));
        return id;
    }

    private String characters() {
        var characters = new StringBuilder(RANDOM_CHARACTERS);
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            characters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return characters.toString();
    }
}
