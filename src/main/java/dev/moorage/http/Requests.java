package dev.moorage.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.HttpRequest;
import dev.moorage.contract.RpcRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** HTTP requests as the contract sees them. */
final class Requests {
    private static final String FORMAT = "&Format=";

    private Requests() {}

    static RpcRequest of(HttpRequest request, byte[] body) {
        return RpcRequest.read(
                request.method().name(),
                rawQuery(request),
                headers(request),
                contentTypes(request.entity().getContentType()),
                body);
    }

    /** With what decides about the format of an answer, and no more: of the parameters Format alone, if it is in the query. */
    static RpcRequest undecoded(HttpRequest request) {
        String query = "&" + rawQuery(request) + "&";
        int at = query.indexOf(FORMAT);
        var format = at < 0
                ? Map.<String, String>of()
                : Map.of("Format", query.substring(at + FORMAT.length(), query.indexOf('&', at + FORMAT.length())));
        return new RpcRequest(
                request.method().name(), format, Map.of(), headers(request), List.of(), new byte[0], null);
    }

    private static Map<String, String> headers(HttpRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (var header : request.getHeaders()) {
            headers.merge(header.lowercaseName(), header.value(), (one, other) -> one + "," + other);
        }
        return headers;
    }

    static String path(HttpRequest request) {
        String uri = rawUri(request);
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        if (path.startsWith("/")) return path;
        // An absolute URI, as a proxy gets it.
        int slash = path.indexOf('/', path.indexOf("://") + 3);
        return slash < 0 ? "/" : path.substring(slash);
    }

    private static String rawQuery(HttpRequest request) {
        String uri = rawUri(request);
        int query = uri.indexOf('?');
        return query < 0 ? "" : uri.substring(query + 1);
    }

    /** As it came: Akka's own model of a URI decodes what has to be verified undecoded. */
    private static String rawUri(HttpRequest request) {
        return request.getHeader("Raw-Request-URI")
                .map(header -> header.value())
                .orElseGet(() -> request.getUri().toString());
    }

    /** Akka writes content types anew. These are the ways in which a client can have written this one. */
    private static List<String> contentTypes(ContentType type) {
        String written = type.toString();
        if (written.startsWith("none/")) return List.of();
        String media = type.mediaType().toString();
        return List.of(
                written,
                written.toLowerCase(Locale.ROOT),
                media,
                media + ";charset=utf-8",
                media + ";charset=UTF-8",
                media + "; charset=utf-8",
                media + "; charset=UTF-8");
    }
}
