package dev.moorage.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * From the start of a process to the last byte of its first answer.
 *
 * @param command that prints where it listens
 * @param path what is asked
 */
record ColdStart(List<String> command, String path) implements Measurement {
    private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");

    @Override
    public Map<String, Double> measure() throws Exception {
        long start = System.nanoTime();
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            var lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
            ask(port(lines));
            return Map.of("seconds", Measurement.secondsSince(start));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private static int port(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            var port = PORT.matcher(line);
            if (port.find()) return Integer.parseInt(port.group(1));
        }
        throw new IOException("It did not start");
    }

    private void ask(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 200")) throw new IOException("It answered: " + answer);
        }
    }
}
