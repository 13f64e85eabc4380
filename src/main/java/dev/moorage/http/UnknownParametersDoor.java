package dev.moorage.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.UnknownParameters;
import java.util.List;

/** What callers sent that their actions do not have. */
final class UnknownParametersDoor {
    private final UnknownParameters unknownParameters;

    UnknownParametersDoor(UnknownParameters unknownParameters) {
        this.unknownParameters = unknownParameters;
    }

    List<AdminRoute> routes() {
        return List.of(AdminRoute.get(
                "unknown-parameters", "Parameters that were sent to actions that do not have them", request -> list()));
    }

    private HttpResponse list() {
        var body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray("unknownParameters");
        for (var seen : unknownParameters.seen()) {
            var entry = list.addObject()
                    .put("action", seen.action())
                    .put("parameter", seen.parameter())
                    .put("calls", seen.calls())
                    .put("firstSeen", seen.firstSeen().toString())
                    .put("lastRequestId", seen.lastRequestId());
            unknownParameters
                    .near(seen.action(), seen.parameter())
                    .ifPresent(near -> entry.put("hint", "Did you mean " + near + "?"));
        }
        body.put("notListed", unknownParameters.notListed());
        return Answers.json(body);
    }
}
