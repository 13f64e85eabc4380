package dev.moorage.http;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;
import dev.moorage.contract.Envelope;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Format;
import dev.moorage.contract.Gateway;

/** Answers what is not even HTTP as the vendor would answer it, if it got that far. Akka makes this itself. */
public final class MalformedHttp extends ParsingErrorHandler {
    private static final int NOT_IMPLEMENTED = 501;

    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
        var failure = status.intValue() == NOT_IMPLEMENTED
                ? Gateway.failure(ErrorCode.UNSUPPORTED_HTTP_METHOD)
                : Gateway.malformed();
        String requestId = RequestIds.next();
        CallLog.refused(requestId, failure);
        return Responses.of(Envelope.failure(failure, requestId, "", Format.XML), requestId);
    }
}
