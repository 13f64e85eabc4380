package dev.moorage.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The access keys that callers may use, and whose they are. */
public final class AccessKeys {
    /** The account of keys that name none. It owns the fleet's resources, and unsigned calls act for it. */
    public static final String DEFAULT_ACCOUNT = "default";

    /**
     * A key, or a pattern for keys.
     *
     * @param id the access key id; one that ends in {@code *} stands for all that begin so
     * @param account the owner; empty for the default account, or, with a pattern, for an account for each key
     */
    public record Key(String id, String secret, @Nullable String account) {
        private boolean isPattern() {
            return id.endsWith("*");
        }

        private Key matched(String accessKeyId) {
            return new Key(accessKeyId, secret, account == null ? accessKeyId : account);
        }
    }

    private final List<Key> first;
    private volatile Map<String, Key> exact = Map.of();
    private volatile Map<String, Key> patterns = Map.of();

    /**
     * Later keys take the place of earlier ones with the same id, so that a fleet can change a secret that came with
     * the configuration.
     */
    public AccessKeys(List<Key> keys) {
        first = List.copyOf(keys);
        add(keys);
    }

    /** From now on callers may use those alone that were there first. */
    public synchronized void forgetAdded() {
        put(Map.of(), Map.of(), first);
    }

    /** From now on callers may use these too. */
    public synchronized void add(List<Key> keys) {
        put(exact, patterns, keys);
    }

    private void put(Map<String, Key> knownExact, Map<String, Key> knownPatterns, List<Key> keys) {
        var moreExact = new LinkedHashMap<>(knownExact);
        var morePatterns = new LinkedHashMap<>(knownPatterns);
        for (var key : keys) {
            if (key.isPattern()) {
                morePatterns.put(key.id().substring(0, key.id().length() - 1), key);
            } else {
                moreExact.put(
                        key.id(),
                        new Key(key.id(), key.secret(), key.account() == null ? DEFAULT_ACCOUNT : key.account()));
            }
        }
        exact = moreExact;
        patterns = morePatterns;
    }

    /** The key with this id, its account filled in. */
    public Optional<Key> find(String accessKeyId) {
        var key = exact.get(accessKeyId);
        if (key != null) return Optional.of(key);
        return patterns.entrySet().stream()
                .filter(pattern -> accessKeyId.startsWith(pattern.getKey()))
                .map(pattern -> pattern.getValue().matched(accessKeyId))
                .findFirst();
    }
}
