package dev.moorage.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;

/** How long it takes until the product answers for the first time, beside a bare Akka HTTP server that starts as it does. */
record ColdStartPart() implements Part {
    private static final String OURS = "cold start: moorage serve";
    private static final String BARE = "cold start: bare Akka HTTP";
    private static final String PLAIN = "cold start: moorage serve, without its class archive";
    private static final String BARE_PLAIN = "cold start: bare Akka HTTP, without its class archive";
    private static final String FIGURE = "seconds";
    private static final String CALL = "/?Action=DescribeRegions&Version=2014-05-26";

    private static Path home() {
        return Path.of(System.getProperty("moorage.home"));
    }

    /** The bare server in a jar of its own, and the archive of its classes. */
    @Override
    public void prepare(Runs runs) throws IOException, InterruptedException {
        var jar = jar(runs);
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            String name = BareServer.class.getName().replace('.', '/') + ".class";
            out.putNextEntry(new JarEntry(name));
            try (var in = BareServer.class.getResourceAsStream("/" + name)) {
                in.transferTo(out);
            }
        }
        var command = bare(runs, List.of("-XX:ArchiveClassesAtExit=" + archive(runs)));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var lines = process.inputReader();
        String line = lines.readLine();
        while (line != null && !line.startsWith("http://")) line = lines.readLine();
        process.destroy();
        process.waitFor();
        // Makes its archive, if there is none yet.
        new ProcessBuilder(launcher(), "--version").inheritIO().start().waitFor();
    }

    private static Path jar(Runs runs) throws IOException {
        return runs.directory("cold").resolve("bare.jar");
    }

    private static Path archive(Runs runs) throws IOException {
        return runs.directory("cold").resolve("bare.jsa");
    }

    private static List<String> bare(Runs runs, List<String> options) throws IOException {
        String libraries = Arrays.stream(home().resolve("target/lib").toFile().listFiles())
                .map(File::getPath)
                .sorted()
                .collect(Collectors.joining(File.pathSeparator));
        var command = new ArrayList<>(FreshJvm.java());
        command.addAll(options);
        command.addAll(List.of("-cp", jar(runs) + File.pathSeparator + libraries, BareServer.class.getName()));
        return command;
    }

    private static List<String> ours(List<String> launcher) {
        var command = new ArrayList<>(launcher);
        command.addAll(List.of("serve", "--in-memory", "--port", "0"));
        return command;
    }

    private static List<String> withoutArchive() {
        var command = new ArrayList<>(FreshJvm.java());
        command.addAll(List.of("-jar", home().resolve("target/moorage.jar").toString()));
        return ours(command);
    }

    @Override
    public void round(Runs runs) throws IOException, InterruptedException {
        runs.run(OURS, new ColdStart(ours(List.of(launcher())), CALL));
        runs.run(BARE, new ColdStart(bare(runs, List.of("-XX:SharedArchiveFile=" + archive(runs))), "/"));
        runs.run(PLAIN, new ColdStart(withoutArchive(), CALL));
        runs.run(BARE_PLAIN, new ColdStart(bare(runs, List.of()), "/"));
    }

    private static String launcher() {
        return home().resolve("scripts/moorage").toString();
    }

    @Override
    public List<Claim> claims() {
        return List.of(new Claim(OURS, BARE, FIGURE), new Claim(PLAIN, BARE_PLAIN, FIGURE));
    }

    @Override
    public List<Table> tables(Runs runs) {
        var table = new Table(
                "From the start of the process to its first answer",
                List.of("", "seconds", "as a multiple of a bare server's"));
        for (var name : List.of(OURS, BARE, PLAIN, BARE_PLAIN)) {
            var ratio = claims().stream()
                    .filter(claim -> claim.of().equals(name))
                    .map(claim -> Table.number(runs.ratio(claim)))
                    .findFirst();
            table.row(List.of(name, Table.number(runs.median(name, FIGURE)), ratio.orElse("1")));
        }
        return List.of(table);
    }
}
