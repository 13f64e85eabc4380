package dev.moorage.action;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instance types on the same hardware.
 *
 * @param clock in GHz, as is {@code turbo}
 * @param gpu what its GPUs are called, if it has any
 * @param diskCategories what can be attached
 */
record InstanceFamily(
        String id,
        String generation,
        String level,
        String category,
        String architecture,
        String processor,
        BigDecimal clock,
        BigDecimal turbo,
        @Nullable String gpu,
        List<String> diskCategories,
        List<Size> sizes) {

    /**
     * What one size of the family has.
     *
     * @param id the name of the instance type
     * @param memory in GiB
     * @param kbits of bandwidth, each way
     * @param pps packets a second, each way
     * @param queues of the first network interface
     * @param enis network interfaces
     * @param addresses of each interface
     * @param baselineCredit percent of one core, where performance is lent
     */
    record Size(
            String id,
            int cores,
            BigDecimal memory,
            int kbits,
            int pps,
            int queues,
            int enis,
            int addresses,
            int ipv6Addresses,
            int gpus,
            int baselineCredit) {}
}
