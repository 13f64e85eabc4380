package dev.moorage.http;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.actor.ControlsActor;
import dev.moorage.domain.Controls;

/** What the admin door says: JSON. */
final class Answers {
    private Answers() {}

    static HttpResponse json(ObjectNode body) {
        return json(200, body);
    }

    static HttpResponse json(int status, ObjectNode body) {
        return HttpResponse.create()
                .withStatus(StatusCodes.get(status))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, body.toString()));
    }

    /** What was set is set; or it could not be written, and nothing was. */
    static Controls set(ControlsActor.Answer answer) {
        if (answer.refused() != null) throw new AdminRefusal(503, answer.refused());
        return answer.controls();
    }

    /** A refusal, or a failure: one sentence. */
    static HttpResponse error(int status, String sentence) {
        return json(status, JsonNodeFactory.instance.objectNode().put("error", sentence));
    }
}
