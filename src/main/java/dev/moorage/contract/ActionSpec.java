package dev.moorage.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * What the vendor says of one action: the file {@code contract/<Action>.json}.
 *
 * @param version the API it belongs to; a contract that names none is of ECS
 */
public record ActionSpec(
        String action,
        String version,
        String summary,
        String order,
        List<ParameterSpec> parameters,
        List<FieldSpec> response,
        List<ErrorSpec> errors) {

    /** The version of the ECS API. */
    public static final String ECS = "2014-05-26";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    public ActionSpec {
        version = Objects.requireNonNullElse(version, ECS);
    }

    /**
     * Reads the contract of an action.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ActionSpec load(String action) {
        try (InputStream file = ActionSpec.class.getResourceAsStream("/contract/" + action + ".json")) {
            if (file == null) throw new IllegalArgumentException("No contract for " + action);
            return JSON.readValue(file, ActionSpec.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Status and text for a rejection: this action's own, or the gateway's where it has none. */
    public Failure failure(Rejection rejection) {
        return ErrorSpec.find(errors, rejection)
                .or(() -> ErrorSpec.find(Gateway.ERRORS, rejection))
                .orElseThrow(() -> new IllegalStateException(
                        action + " has no text for " + rejection.code().wire()));
    }
}
