package dev.moorage.simulation;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Lets a dispatcher of Akka run in virtual time. Named in configuration. */
public final class VirtualExecutor extends ExecutorServiceConfigurator {
    private final VirtualTime time;

    public VirtualExecutor(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        time = ((VirtualScheduler) prerequisites.scheduler()).time();
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        return () -> new Service(time);
    }

    /** All dispatchers share one queue: nothing ends when one of them does. */
    private static final class Service extends AbstractExecutorService {
        private final VirtualTime time;
        private boolean isShutdown;

        private Service(VirtualTime time) {
            this.time = time;
        }

        @Override
        public void execute(Runnable task) {
            time.execute(task);
        }

        @Override
        public void shutdown() {
            isShutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            isShutdown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return isShutdown;
        }

        @Override
        public boolean isTerminated() {
            return isShutdown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return isShutdown;
        }
    }
}
