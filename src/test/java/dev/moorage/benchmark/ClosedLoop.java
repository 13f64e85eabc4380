package dev.moorage.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Clients on connections of their own, each of which asks again as soon as it is answered. All are one thread, and their
 * requests are bytes that were made before: the machine is to be the server's.
 */
final class ClosedLoop implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int FIRST_BUFFER = 16 * 1024;
    private static final String LENGTH = "\r\nContent-Length: ";
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final Selector selector = Selector.open();
    private final List<Connection> connections = new ArrayList<>();
    private final Histogram latencies = new Histogram(3);

    private long answered;
    private long uncounted;
    private long from;
    private long to;

    ClosedLoop(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) connections.add(new Connection(port));
    }

    /**
     * Sends all of these, and returns when all are answered.
     *
     * @param warmUp how many answers come before those that count
     * @return answers per second, and how long they took in milliseconds
     * @throws IOException if one is not answered with status 200
     */
    Map<String, Double> run(List<byte[]> requests, int warmUp) throws IOException {
        answered = 0;
        uncounted = warmUp;
        from = System.nanoTime();
        latencies.reset();
        var rest = requests.iterator();
        for (var connection : connections) connection.ask(rest);
        while (answered < requests.size()) {
            if (selector.select(PATIENCE_MILLIS) == 0) throw new IOException("The server does not answer any more");
            for (var ready : selector.selectedKeys()) ((Connection) ready.attachment()).read(rest);
            selector.selectedKeys().clear();
        }
        return Map.of(
                "perSecond",
                (answered - uncounted) / ((to - from) / Measurement.NANOS_PER_SECOND),
                "medianMillis",
                latencies.getValueAtPercentile(50) / 1e6,
                "p99Millis",
                latencies.getValueAtPercentile(99) / 1e6);
    }

    private void count(long asked) {
        to = System.nanoTime();
        answered++;
        if (answered == uncounted) from = to;
        if (answered > uncounted) latencies.recordValue(to - asked);
    }

    @Override
    public void close() throws IOException {
        for (var connection : connections) connection.channel.close();
        selector.close();
    }

    private final class Connection {
        private final SocketChannel channel;
        private ByteBuffer in = ByteBuffer.allocate(FIRST_BUFFER);
        private long asked;
        /** Where the answer ends that is being read; 0 before its headers are there. */
        private int end;

        private Connection(int port) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        private void ask(Iterator<byte[]> rest) throws IOException {
            if (!rest.hasNext()) return;
            var request = ByteBuffer.wrap(rest.next());
            asked = System.nanoTime();
            // Nothing else is on its way: there is always room for a few hundred bytes.
            while (request.hasRemaining()) channel.write(request);
        }

        private void read(Iterator<byte[]> rest) throws IOException {
            if (channel.read(in) < 0) throw new IOException("The server has closed a connection");
            if (end == 0) readHeaders();
            if (end == 0 || in.position() < end) {
                if (!in.hasRemaining())
                    in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
                return;
            }
            end = 0;
            in.clear();
            count(asked);
            ask(rest);
        }

        private void readHeaders() throws IOException {
            int headersEnd = endOfHeaders();
            if (headersEnd < 0) return;
            String headers = new String(in.array(), 0, headersEnd, StandardCharsets.ISO_8859_1);
            if (!headers.startsWith("200", STATUS_AT)) {
                throw new IOException("An answer is not as it should be: "
                        + new String(in.array(), 0, in.position(), StandardCharsets.UTF_8).replaceAll("\\s+", " "));
            }
            int length = headers.indexOf(LENGTH) + LENGTH.length();
            end = headersEnd + Integer.parseInt(headers.substring(length, headers.indexOf('\r', length)));
        }

        private int endOfHeaders() {
            for (int at = 4; at <= in.position(); at++) {
                if (in.get(at - 1) == '\n' && in.get(at - 2) == '\r' && in.get(at - 3) == '\n') return at;
            }
            return -1;
        }
    }
}
