package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_RESOURCE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_RESOURCE_TYPE_NOT_FOUND;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import dev.moorage.view.Listed;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The resources whose tags a call edits: all of them, or none. */
record TagTargets(String regionId, String type, List<String> ids) {
    /** The vendor's. Of other types than disks, instances and snapshots there is nothing here. */
    private static final Set<String> TYPES = Set.of(
            Taggable.OfDisk.TYPE,
            Taggable.OfInstance.TYPE,
            Taggable.OfSnapshot.TYPE,
            "activation",
            "capacityreservation",
            "command",
            "ddh",
            "ddhcluster",
            "elasticityassurance",
            "eni",
            "image",
            "invocation",
            "keypair",
            "launchtemplate",
            "managedinstance",
            "reservedinstance",
            "securitygroup",
            "snapshotpolicy",
            "volume");

    static boolean isType(String type) {
        return TYPES.contains(type);
    }

    /** What is wrong with the place and the type, before it is known what there is. */
    Optional<Rejection> wrong() {
        if (!Regions.isRegion(regionId)) return reject(INVALID_REGION_ID_NOT_FOUND);
        return isType(type) ? Optional.empty() : reject(INVALID_RESOURCE_TYPE_NOT_FOUND);
    }

    /** What keeps the edit from being made to all. */
    Optional<Rejection> objection(TagEdit edit, AccountView view) {
        var found = in(view);
        if (found.size() < ids.stream().distinct().count()) return reject(INVALID_RESOURCE_ID_NOT_FOUND);
        return found.stream()
                .flatMap(resource -> edit.objection(resource.tags()).stream())
                .findFirst()
                .map(Rejection::of);
    }

    /** The edit of each. */
    Change edited(TagEdit edit, Batch whole, AccountView view) {
        return new RoutedBatch(
                whole,
                in(view).stream().map(resource -> resource.edited(edit, whole)).toList());
    }

    private List<Taggable> in(AccountView view) {
        return Taggable.named(ids, type, view)
                .map(Listed::thing)
                .filter(resource -> resource.regionId().equals(regionId))
                .toList();
    }

    private static Optional<Rejection> reject(ErrorCode code) {
        return Optional.of(Rejection.of(code));
    }
}
