package dev.moorage.contract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the caller hears. */
public sealed interface Outcome permits Outcome.Success, Rejection {
    /**
     * Done.
     *
     * @param body what the answer holds beside the RequestId
     */
    record Success(ObjectNode body) implements Outcome {}

    static Success success() {
        return new Success(JsonNodeFactory.instance.objectNode());
    }

    static Success success(ObjectNode body) {
        return new Success(body);
    }
}
