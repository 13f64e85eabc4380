package dev.moorage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what points a client at a running server. */
@Command(
        name = "env",
        mixinStandardHelpOptions = true,
        versionProvider = Moorage.Version.class,
        sortOptions = false,
        description = "Print the lines that point a client at a running server; without --for, list the clients.",
        footer = {
            "",
            "Exit code: 0, 1 if no Moorage answers there, or none whose certificate is trusted here (the lines are printed",
            "nevertheless), 2 if asked wrongly.",
            "",
            "Examples:",
            "  eval \"$(moorage env --for cli)\"",
            "  moorage env --for terraform --target http://127.0.0.1:9000 > provider.tf"
        })
final class Env implements Callable<Integer> {
    private static final int NOTHING_ANSWERS = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final List<String> SCHEMES = List.of("http", "https");
    private static final Pattern OF_A_SCHEME = Pattern.compile("@(https?)@(.*)");

    /**
     * A client.
     *
     * @param file what it needs, with places for where the server is; a line that begins with the name of a scheme
     *     between at signs is for that scheme alone
     */
    private record Client(String name, String file, String about) {}

    private static final List<Client> CLIENTS = List.of(
            new Client("cli", "cli.sh", "the aliyun command line; lines for a shell"),
            new Client("terraform", "terraform.tf", "the provider aliyun/alicloud; a provider block"),
            new Client("csi", "csi.sh", "the disk driver of alibaba-cloud-csi-driver; lines for a shell"),
            new Client("go", "go.txt", "alibaba-cloud-sdk-go and ecs-20140526; code"),
            new Client("python", "python.py", "aliyun-python-sdk-ecs and alibabacloud_ecs20140526; code"),
            new Client("java", "java.txt", "aliyun-java-sdk-ecs and ecs20140526; code"),
            new Client("node", "node.js", "@alicloud/pop-core and @alicloud/ecs20140526; code"));

    @Option(names = "--for", paramLabel = "CLIENT", description = "The client that is to be pointed at the server.")
    private @Nullable String client;

    @Option(
            names = "--target",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8642",
            description = "Where the server is (default ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String target;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        var server = server();
        var out = spec.commandLine().getOut();
        if (client == null) {
            out.println("These can be pointed at a server with --for:");
            CLIENTS.forEach(known -> out.println(String.format("  %-10s %s", known.name(), known.about())));
            return 0;
        }
        out.print(lines(chosen(), server));
        out.flush();
        return problem(server)
                .map(problem -> {
                    spec.commandLine().getErr().println("moorage: " + problem);
                    return NOTHING_ANSWERS;
                })
                .orElse(0);
    }

    private Client chosen() {
        return CLIENTS.stream()
                .filter(known -> known.name().equals(client))
                .findFirst()
                .orElseThrow(() -> wrong("There is no client " + client + "; there are "
                        + CLIENTS.stream().map(Client::name).collect(Collectors.joining(", "))));
    }

    private URI server() {
        try {
            var uri = new URI(target);
            boolean bare = uri.getRawPath() == null || uri.getRawPath().matches("/?");
            if (SCHEMES.contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && bare
                    && uri.getRawQuery() == null) {
                return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null);
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw wrong("--target is an address such as http://127.0.0.1:8642, not " + target);
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private static String lines(Client client, URI server) {
        try (InputStream file = Env.class.getResourceAsStream("/env/" + client.file())) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .flatMap(line -> ofScheme(server.getScheme(), line))
                    .collect(Collectors.joining("\n", "", "\n"))
                    .replace("@scheme@", server.getScheme())
                    .replace("@url@", server.toString())
                    .replace("@endpoint@", server.getRawAuthority())
                    .replace("@host@", server.getHost());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> ofScheme(String scheme, String line) {
        var marked = OF_A_SCHEME.matcher(line);
        if (!marked.matches()) return Stream.of(line);
        return marked.group(1).equals(scheme) ? Stream.of(marked.group(2)) : Stream.empty();
    }

    /** Why clients will not find a Moorage there; empty if they will. */
    private static Optional<String> problem(URI server) {
        var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        var live = HttpRequest.newBuilder(server.resolve("/_moorage/live")).timeout(PATIENCE);
        try {
            var answer = http.send(live.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200 && answer.body().contains("\"live\"")) return Optional.empty();
        } catch (SSLException e) {
            return Optional.of("There is no TLS with " + server + " from here: " + e.getMessage());
        } catch (IOException e) {
            // Said below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.of("No Moorage answers at " + server);
    }
}
