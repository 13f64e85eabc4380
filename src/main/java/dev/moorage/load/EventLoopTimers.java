package dev.moorage.load;

import io.netty.channel.EventLoop;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Real time, on the thread that sends and receives. */
record EventLoopTimers(EventLoop loop) implements Loop {
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Override
    public void later(long nanos, Runnable what) {
        if (nanos <= 0) loop.execute(what);
        else {
            var unused = loop.schedule(what, nanos, TimeUnit.NANOSECONDS);
        }
    }
}
