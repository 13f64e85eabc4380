package dev.moorage.load;

import dev.moorage.contract.Signer;
import io.netty.channel.nio.NioEventLoopGroup;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A driver in real time: an event loop, and connections to a server. */
final class NettyRun {
    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Driver driver;

    NettyRun(
            Workload workload,
            Plan plan,
            Client client,
            URI target,
            Signer signer,
            Stage stage,
            Tally tally,
            Live live) {
        var loop = loops.next();
        var address = new InetSocketAddress(target.getHost(), target.getPort() < 0 ? 80 : target.getPort());
        var requests = new SignedRequests(signer, target.getAuthority());
        var calls = new Door(loop, address, requests, workload.connections(), Line.PATIENCE);
        var polls = new Door(loop, address, requests, Driver.POLL_CONNECTIONS, Line.PATIENCE);
        var timers = new EventLoopTimers(loop);
        this.driver = new Driver(workload, plan, client, stage, tally, live, timers, calls, polls, over::countDown);
    }

    /** Returns when all is answered and every detach has ended, or has had its time. */
    Driver.Ran run() throws InterruptedException {
        var unused = loops.submit(driver::start);
        over.await();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        return driver.ran();
    }

    void stop() {
        driver.stop();
    }
}
