package io.serviceresolver.examples;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls a service at a steady pace until it has made all its calls or is stopped. Each call is a POST, which the JDK's
 * client never sends a second time: what fails is counted as failed. Thread-safe.
 */
final class Load {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final HttpClient http;
    private final HttpRequest request;
    private final int maxInFlight;
    private final Tally tally = new Tally();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** How many calls may still be begun. Guarded by the lock of this object. */
    private long left;

    /** How many calls are in flight. Guarded by the lock of this object. */
    private int inFlight;

    private Load(HttpClient http, URI uri, int maxInFlight, long calls) {
        this.http = http;
        this.request = HttpRequest.newBuilder(uri)
                .timeout(CALL_TIMEOUT)
                .POST(BodyPublishers.ofString("{}"))
                .build();
        this.maxInFlight = maxInFlight;
        this.left = calls;
    }

    /**
     * Starts to call.
     *
     * @param client sends the calls
     * @param calls how many calls to make
     * @param pace how fast
     * @param timer begins the calls
     */
    static Load start(Client client, long calls, Pace pace, ScheduledExecutorService timer) {
        Load load = new Load(client.http(), client.uri(), pace.maxInFlight(), calls);
        long nanos = pace.interval().toNanos();
        Future<?> ticks = timer.scheduleAtFixedRate(load::tick, 0, nanos, TimeUnit.NANOSECONDS);
        load.ended.whenComplete((none, failure) -> ticks.cancel(false));
        return load;
    }

    private void tick() {
        synchronized (this) {
            if (left == 0 || inFlight == maxInFlight) {
                return;
            }
            left--;
            inFlight++;
        }
        long begun = System.nanoTime();
        try {
            http.sendAsync(request, BodyHandlers.ofString())
                    .whenComplete((response, failure) -> end(response, failure, begun));
        } catch (RuntimeException e) {
            end(null, e, begun);
        }
    }

    private void end(@Nullable HttpResponse<String> response, @Nullable Throwable failure, long begun) {
        if (response == null) {
            tally.failed(reason(failure));
        } else if (response.statusCode() == OK) {
            tally.answered(response.body(), System.nanoTime() - begun);
        } else {
            tally.failed("HTTP " + response.statusCode() + " by " + response.body());
        }
        synchronized (this) {
            inFlight--;
            if (left > 0 || inFlight > 0) {
                return;
            }
        }
        ended.complete(null);
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return String.valueOf(cause == null ? failure : cause);
    }

    /** What was measured of the calls that have ended so far. */
    LoadReport soFar() {
        return tally.report();
    }

    /** Waits until all calls were made and have ended. */
    LoadReport await() {
        Await.done(ended, "all calls to " + request.uri() + " have ended", PATIENCE);
        return tally.report();
    }

    /** Begins no more calls, and waits until those in flight have ended. */
    LoadReport stop() {
        boolean idle;
        synchronized (this) {
            left = 0;
            idle = inFlight == 0;
        }
        if (idle) {
            ended.complete(null);
        }
        return await();
    }
}
