package dev.moorage.action;

import dev.moorage.domain.InstanceId;
import dev.moorage.view.AccountView;
import java.util.HashSet;
import java.util.Set;

/** Private addresses for instances for which nobody has chosen one: no two the same, as far as anybody can see. */
final class FreeAddresses {
    /** Then the network is full, or as good as. */
    private static final int MAX_ATTEMPTS = 1_000;

    private final AccountView view;
    private final String vSwitchId;
    private final Set<String> given = new HashSet<>();

    FreeAddresses(AccountView view, String vSwitchId) {
        this.view = view;
        this.vSwitchId = vSwitchId;
    }

    String next(InstanceId id) {
        String address = Addresses.given(id, 0);
        for (int attempt = 1; attempt < MAX_ATTEMPTS && isTaken(address); attempt++) {
            address = Addresses.given(id, attempt);
        }
        given.add(address);
        return address;
    }

    private boolean isTaken(String address) {
        return given.contains(address) || view.instanceAt(vSwitchId, address).isPresent();
    }
}
