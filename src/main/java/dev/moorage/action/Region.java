package dev.moorage.action;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the vendor's regions.
 *
 * @param idPrefix the three characters by which an id shows where it comes from, where they are known
 * @param zones the letters of its zones
 * @param zoneName what stands before the letter in a zone's name
 */
record Region(
        String id,
        @Nullable String idPrefix,
        List<String> zones,
        Map<Language, String> name,
        Map<Language, String> zoneName) {

    /** The zone that the documents use in their examples. */
    private static final String USUAL_ZONE = "b";

    String name(Language language) {
        return Objects.requireNonNull(name.get(language));
    }

    String endpoint() {
        return "ecs." + id + ".aliyuncs.com";
    }

    List<Zone> listedZones() {
        return zones.stream().map(letter -> new Zone(this, letter)).toList();
    }

    boolean isZone(String zoneId) {
        return zone(zoneId).isPresent();
    }

    /**
     * Zones are named by their region and a letter: {@code cn-hangzhou-b}, {@code ap-southeast-1a}. Any letter will do: the
     * vendor opens zones without notice.
     */
    Optional<Zone> zone(String zoneId) {
        String before = beforeLetter();
        if (zoneId.length() != before.length() + 1 || !zoneId.startsWith(before)) return Optional.empty();
        String letter = zoneId.substring(before.length());
        return letter.charAt(0) >= 'a' && letter.charAt(0) <= 'z'
                ? Optional.of(new Zone(this, letter))
                : Optional.empty();
    }

    /** What the names of its zones begin with. */
    String beforeLetter() {
        return id + (Character.isDigit(id.charAt(id.length() - 1)) ? "" : "-");
    }

    /** For the caller who leaves the choice. */
    Zone defaultZone() {
        return new Zone(this, zones.contains(USUAL_ZONE) ? USUAL_ZONE : zones.get(0));
    }

    /** A zone, by its letter. */
    record Zone(Region region, String letter) {
        String id() {
            return region.beforeLetter() + letter;
        }

        String name(Language language) {
            return Objects.requireNonNull(region.zoneName.get(language)) + letter.toUpperCase(Locale.ROOT);
        }
    }
}
