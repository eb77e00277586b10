package io.serviceresolver.testkit;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads for servers that block: as many as needed, none that keeps a process alive. */
final class PodThreads {

    private PodThreads() {}

    static ExecutorService pool(String name) {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "testkit-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
