package io.serviceresolver.check;

import io.serviceresolver.endpoint.Endpoint;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Makes one check on a thread of its own, as the resolver does. */
final class Asking {

    private Asking() {}

    /** What comes of it: {@code passed}, or why not. */
    static String ask(HealthCheck check, Endpoint endpoint) throws Exception {
        return begin(check, endpoint, new Lifeline(Runnable::run)).get(30, TimeUnit.SECONDS);
    }

    static CompletableFuture<String> begin(HealthCheck check, Endpoint endpoint, Lifeline lifeline) {
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> result.complete(now(check, endpoint, lifeline)));
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static String now(HealthCheck check, Endpoint endpoint, Lifeline lifeline) {
        try {
            ProbeResult result = check.question()
                    .ask(endpoint, "skippy.shield.svc", lifeline)
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            return result instanceof ProbeResult.Failed failed ? failed.reason() : "passed";
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }
}
