package dev.moorage.action;

import dev.moorage.domain.Instance;
import java.math.BigDecimal;

/** What an instance can be: one size of a family. */
record InstanceType(InstanceFamily family, InstanceFamily.Size size) {
    private static final int INITIAL_CREDITS_PER_CORE = 30;
    private static final String ENTERPRISE = "EnterpriseLevel";

    String id() {
        return size.id();
    }

    int cores() {
        return size.cores();
    }

    BigDecimal memoryGiB() {
        return size.memory();
    }

    /** The system disk counts. */
    int disks() {
        return 1 + Instance.MAX_DATA_DISKS;
    }

    boolean takes(String diskCategory) {
        return family.diskCategories().contains(diskCategory);
    }

    int initialCredit() {
        return size.baselineCredit() == 0 ? 0 : INITIAL_CREDITS_PER_CORE * cores();
    }

    int secondaryQueues() {
        return family.level().equals(ENTERPRISE) ? size.queues() : 1;
    }

    int allQueues() {
        return size.queues() + (size.enis() - 1) * secondaryQueues();
    }
}
