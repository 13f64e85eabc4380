package dev.moorage.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The driver's connections to one server. Used on its event loop only, so nothing here is guarded. */
final class Door {
    static final String TIMEOUT = "timeout";
    static final String RESET = "reset";
    static final String REFUSED = "refused";
    static final String UNANSWERED = "unanswered";

    private static final int LARGEST_ANSWER = 64 << 20;

    /** A call that is to be sent as soon as there is a connection. */
    interface Errand {
        /** What is to be sent; asked for when it is sent, so that its time stamp is fresh. */
        Request request();

        /**
         * Takes the answer.
         *
         * @param failure what came in place of an answer, in a word; null if one came
         */
        void done(int status, byte[] body, @Nullable String failure);
    }

    record Request(String query, Map<String, String> headers) {}

    private final InetSocketAddress address;
    private final String host;
    private final int most;
    private final long patienceNanos;
    private final Bootstrap bootstrap;
    private final ArrayDeque<Link> idle = new ArrayDeque<>();
    private final LinkedHashSet<Link> busy = new LinkedHashSet<>();
    private final ArrayDeque<Errand> waiting = new ArrayDeque<>();
    private int open;

    Door(EventLoop loop, InetSocketAddress address, String host, int most, long patienceNanos) {
        this.address = address;
        this.host = host;
        this.most = most;
        this.patienceNanos = patienceNanos;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000);
    }

    int inFlight() {
        return busy.size() + waiting.size();
    }

    void send(Errand errand) {
        waiting.add(errand);
        var link = idle.pollLast();
        if (link != null) link.next();
        else if (open < most && open - busy.size() < waiting.size()) connect();
    }

    private void connect() {
        open++;
        var link = new Link();
        var connecting = bootstrap
                .clone()
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST_ANSWER), link);
                    }
                })
                .connect(address);
        var ignored = connecting.addListener((ChannelFuture done) -> {
            if (!done.isSuccess()) refused();
        });
    }

    /** One that waits is told so, and the next tries for itself: a server that comes back is found again. */
    private void refused() {
        open--;
        var errand = waiting.poll();
        if (errand != null) errand.done(0, new byte[0], REFUSED);
        if (!waiting.isEmpty() && open == 0) connect();
    }

    /** Gives up those that have waited too long for their answers. To be called now and then. */
    void giveUp(long now) {
        for (var link : List.copyOf(busy)) {
            if (now - link.sentAt < patienceNanos) break;
            link.fail(TIMEOUT);
        }
    }

    void close() {
        for (var link : List.copyOf(busy)) link.fail(UNANSWERED);
        for (var link : List.copyOf(idle)) link.close();
        while (!waiting.isEmpty()) waiting.remove().done(0, new byte[0], UNANSWERED);
    }

    private final class Link extends SimpleChannelInboundHandler<FullHttpResponse> {
        private @Nullable Channel channel;
        private @Nullable Errand current;
        private long sentAt;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            channel = context.channel();
            next();
        }

        void next() {
            var errand = waiting.poll();
            var open = channel;
            if (errand == null || open == null) {
                idle.add(this);
                return;
            }
            current = errand;
            busy.add(this);
            sentAt = System.nanoTime();
            var asked = errand.request();
            var request = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1, HttpMethod.POST, "/?" + asked.query(), Unpooled.EMPTY_BUFFER);
            request.headers().set(HttpHeaderNames.HOST, host).set(HttpHeaderNames.CONTENT_LENGTH, 0);
            asked.headers().forEach((name, value) -> request.headers().set(name, value));
            var ignored = open.writeAndFlush(request, open.voidPromise());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
            var errand = current;
            current = null;
            busy.remove(this);
            if (errand != null) {
                errand.done(answer.status().code(), ByteBufUtil.getBytes(answer.content()), null);
            }
            if (HttpUtil.isKeepAlive(answer)) next();
            else close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            open--;
            channel = null;
            idle.remove(this);
            fail(RESET);
            if (!waiting.isEmpty() && open < most) connect();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var ignored = context.close();
        }

        void fail(String word) {
            var errand = current;
            current = null;
            busy.remove(this);
            if (errand != null) errand.done(0, new byte[0], word);
            close();
        }

        void close() {
            var open = channel;
            if (open == null) return;
            var ignored = open.close();
        }
    }
}
