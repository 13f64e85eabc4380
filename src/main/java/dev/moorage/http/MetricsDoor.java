package dev.moorage.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The figures for Prometheus, in that of its text formats that the caller asks for. */
final class MetricsDoor {
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Metrics metrics;

    MetricsDoor(Metrics metrics) {
        this.metrics = metrics;
    }

    List<AdminRoute> routes() {
        return List.of(AdminRoute.get("metrics", "Figures for Prometheus", request -> figures(request.http())));
    }

    private HttpResponse figures(HttpRequest request) {
        String accepted =
                request.getHeader("Accept").map(header -> header.value()).orElse("");
        // Not findWriter: it prefers protocol buffers, which are not there.
        ExpositionFormatWriter format = formats.getOpenMetricsTextFormatWriter().accepts(accepted)
                ? formats.getOpenMetricsTextFormatWriter()
                : formats.getPrometheusTextFormatWriter();
        var text = new ByteArrayOutputStream();
        try {
            format.write(text, metrics.now());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ContentType type = Responses.literally(format.getContentType());
        return HttpResponse.create().withEntity(HttpEntities.create(type, text.toByteArray()));
    }
}
