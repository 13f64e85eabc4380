package dev.moorage.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The driver's connections to one server. Used on its event loop only, so nothing here is guarded. */
final class Door implements Line {
    private static final int LARGEST_ANSWER = 64 << 20;
    private static final int WARM_UPS_PER_CONNECTION = 8;

    private final InetSocketAddress address;
    private final SignedRequests requests;
    private final int most;
    private final long patienceNanos;
    private final Bootstrap bootstrap;
    private final ArrayDeque<Link> idle = new ArrayDeque<>();
    private final LinkedHashSet<Link> busy = new LinkedHashSet<>();
    private final ArrayDeque<Errand> waiting = new ArrayDeque<>();
    private int open;

    Door(EventLoop loop, InetSocketAddress address, SignedRequests requests, int most, Duration patience) {
        this.address = address;
        this.requests = requests;
        this.most = most;
        this.patienceNanos = patience.toNanos();
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000);
    }

    @Override
    public int inFlight() {
        return busy.size() + waiting.size();
    }

    @Override
    public void send(Errand errand) {
        waiting.add(errand);
        var link = idle.pollLast();
        if (link != null) link.next();
        else if (open < most && open - busy.size() < waiting.size()) connect();
    }

    /** Connections are opened before calls count: a client's process does not start with each of its calls. */
    @Override
    public int warmUps() {
        return most * WARM_UPS_PER_CONNECTION;
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
        if (errand != null) errand.done(Answer.none(Answer.REFUSED));
        if (!waiting.isEmpty() && open == 0) connect();
    }

    @Override
    public void giveUp(long now) {
        for (var link : List.copyOf(busy)) {
            if (now - link.sentAt < patienceNanos) break;
            link.fail(Answer.TIMEOUT);
        }
    }

    @Override
    public void close() {
        for (var link : List.copyOf(busy)) link.fail(Answer.UNANSWERED);
        for (var link : List.copyOf(idle)) link.close();
        while (!waiting.isEmpty()) waiting.remove().done(Answer.none(Answer.UNANSWERED));
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
            var request = requests.of(errand.asked());
            var ignored = open.writeAndFlush(request, open.voidPromise());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
            var errand = current;
            current = null;
            busy.remove(this);
            if (errand != null) {
                errand.done(Answer.of(answer.status().code(), ByteBufUtil.getBytes(answer.content())));
            }
            if (HttpUtil.isKeepAlive(answer)) next();
            else close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            open--;
            channel = null;
            idle.remove(this);
            fail(Answer.RESET);
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
            if (errand != null) errand.done(Answer.none(word));
            close();
        }

        void close() {
            var open = channel;
            if (open == null) return;
            var ignored = open.close();
        }
    }
}
