package io.serviceresolver.http;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Waits for clients to end: for all at once, each by a thread, so that the time for one is the time for all. */
final class Termination {

    private Termination() {}

    /** Whether all have ended when the time is over; true on JDKs whose clients cannot be ended. */
    static boolean await(List<HttpClient> clients, Duration limit) throws InterruptedException {
        List<Callable<Boolean>> waits = clients.stream()
                .filter(client -> NewerJdk.CLOSES && !NewerJdk.isTerminated(client))
                .<Callable<Boolean>>map(client -> () -> NewerJdk.awaitTermination(client, limit))
                .toList();
        if (waits.isEmpty()) {
            return true;
        }
        ExecutorService threads = Executors.newFixedThreadPool(waits.size());
        try {
            boolean all = true;
            for (Future<Boolean> ended : threads.invokeAll(waits)) {
                all &= ended.get();
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
