package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_INTERNET_CHARGE_TYPE_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_CONFLICT;
import static dev.moorage.contract.ErrorCode.INVALID_PRIVATE_IP_ADDRESS_DUPLICATED;
import static dev.moorage.contract.ErrorCode.INVALID_PRIVATE_IP_ADDRESS_MALFORMED;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where in the network an instance is to be. Its first interface is described by parameters of the call itself, or by
 * the {@code NetworkInterface.N} whose {@code InstanceType} is {@code Primary}.
 */
record NetworkPlan(Arguments arguments) {
    private static final String INTERFACES = "NetworkInterface";
    private static final Pattern ADDRESS =
            Pattern.compile("(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}");
    private static final Set<String> INTERNET_CHARGE_TYPES = Set.of("PayByTraffic", "PayByBandwidth");
    private static final int MAX_MBPS = 100;
    /** Inbound, where little or nothing is bought outbound. */
    private static final int DEFAULT_INBOUND_MBPS = 10;

    private Optional<String> ofPrimaryInterface(String name) {
        return arguments.indexes(INTERFACES).stream()
                .map(index -> INTERFACES + "." + index + ".")
                .filter(member ->
                        arguments.string(member + "InstanceType").orElse("").equals("Primary"))
                .findFirst()
                .flatMap(member -> arguments.string(member + name));
    }

    private List<String> groupsOfPrimaryInterface() {
        return arguments.indexes(INTERFACES).stream()
                .map(index -> INTERFACES + "." + index + ".")
                .filter(member ->
                        arguments.string(member + "InstanceType").orElse("").equals("Primary"))
                .findFirst()
                .map(member -> arguments.strings(member + "SecurityGroupIds"))
                .orElse(List.of());
    }

    String vSwitchId() {
        return arguments
                .string("VSwitchId")
                .or(() -> ofPrimaryInterface("VSwitchId"))
                .orElse("");
    }

    /** The address that the caller has chosen. */
    Optional<String> address() {
        return arguments.string("PrivateIpAddress").or(() -> ofPrimaryInterface("PrimaryIpAddress"));
    }

    List<String> securityGroupIds() {
        return Stream.of(
                        arguments.string("SecurityGroupId").stream(),
                        arguments.strings("SecurityGroupIds").stream(),
                        ofPrimaryInterface("SecurityGroupId").stream(),
                        groupsOfPrimaryInterface().stream())
                .flatMap(groups -> groups)
                .distinct()
                .toList();
    }

    int maxBandwidthOutMbps() {
        return arguments.integer("InternetMaxBandwidthOut").orElse(0);
    }

    int maxBandwidthInMbps() {
        int out = maxBandwidthOutMbps();
        return arguments.integer("InternetMaxBandwidthIn").orElse(out == 0 ? 0 : Math.max(DEFAULT_INBOUND_MBPS, out));
    }

    Optional<Rejection> wrong(AccountView view) {
        if (arguments.has("SecurityGroupId")
                && !arguments.strings("SecurityGroupIds").isEmpty()) {
            return reject(INVALID_PARAMETER_CONFLICT, "SecurityGroupIds");
        }
        var address = address();
        if (!address.map(text -> ADDRESS.matcher(text).matches()).orElse(true)) {
            return reject(INVALID_PRIVATE_IP_ADDRESS_MALFORMED, "PrivateIpAddress");
        }
        if (address.flatMap(chosen -> view.instanceAt(vSwitchId(), chosen)).isPresent()) {
            return reject(INVALID_PRIVATE_IP_ADDRESS_DUPLICATED, "PrivateIpAddress");
        }
        if (!arguments
                .string("InternetChargeType")
                .map(INTERNET_CHARGE_TYPES::contains)
                .orElse(true)) {
            return reject(INVALID_INTERNET_CHARGE_TYPE_VALUE_NOT_SUPPORTED, "InternetChargeType");
        }
        if (!isBandwidth("InternetMaxBandwidthOut", 0)) return reject(INVALID_PARAMETER, "InternetMaxBandwidthOut");
        if (!isBandwidth("InternetMaxBandwidthIn", 1)) return reject(INVALID_PARAMETER, "InternetMaxBandwidthIn");
        return Optional.empty();
    }

    private boolean isBandwidth(String parameter, int min) {
        return arguments
                .integer(parameter)
                .map(mbps -> mbps >= min && mbps <= MAX_MBPS)
                .orElse(true);
    }

    private static Optional<Rejection> reject(ErrorCode code, String parameter) {
        return Optional.of(Rejection.of(code, parameter));
    }
}
