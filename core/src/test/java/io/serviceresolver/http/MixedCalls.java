package io.serviceresolver.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Calls of all kinds, each ended in one of the ways that there are. Not thread-safe. */
final class MixedCalls {

    private static final int AT_ONCE = 16;

    private final HttpClient client;
    private final SplittableRandom random;
    private final List<String> paths;
    private final Deque<Open> open = new ArrayDeque<>();

    MixedCalls(HttpClient client, SplittableRandom random, List<String> paths) {
        this.client = client;
        this.random = random;
        this.paths = paths;
    }

    /** What is done with a call. */
    private enum Kind {
        STRING,
        DISCARDED,
        READ_A_LITTLE,
        HANDLER_THROWS,
        SUBSCRIBER_THROWS,
        SUBSCRIBER_CANCELS,
        CANCELLED,
        DERIVED_CANCELLED,
        NOT_WAITED_FOR
    }

    /** Makes calls, and waits for those that were not given up. */
    void run(int count) {
        for (int i = 0; i < count; i++) {
            Kind kind = random(Kind.values());
            HttpRequest request = request();
            begin(kind, request);
            if (open.size() == AT_ONCE) {
                open.remove().await();
            }
        }
        open.forEach(Open::await);
    }

    private HttpRequest request() {
        String path = paths.get(random.nextInt(paths.size()));
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://skippy" + path));
        return switch (random.nextInt(4)) {
            case 0 -> builder.POST(BodyPublishers.ofString("body")).build();
            case 1 -> builder.method("HEAD", BodyPublishers.noBody()).build();
            default -> builder.build();
        };
    }

    private void begin(Kind kind, HttpRequest request) {
        switch (kind) {
            case STRING -> opened(kind, request, client.sendAsync(request, BodyHandlers.ofString()));
            case DISCARDED -> opened(kind, request, client.sendAsync(request, BodyHandlers.discarding()));
            case READ_A_LITTLE ->
                opened(
                        kind,
                        request,
                        client.sendAsync(request, BodyHandlers.ofInputStream()).thenAccept(MixedCalls::readSome));
            case HANDLER_THROWS ->
                opened(kind, request, client.sendAsync(request, head -> {
                    throw new IllegalStateException("not wanted");
                }));
            case SUBSCRIBER_THROWS -> {
                FailingSubscriber.Where where = random(FailingSubscriber.Where.values());
                opened(kind, request, client.sendAsync(request, head -> new FailingSubscriber(where)));
            }
            case SUBSCRIBER_CANCELS -> {
                Reader<List<ByteBuffer>> reader = new Reader<>(random(Reader.Until.values()));
                var call = client.sendAsync(request, BodyHandlers.fromSubscriber(reader));
                // The JDK never completes the future of a body whose subscriber has cancelled.
                opened(kind, request, CompletableFuture.anyOf(call, reader.ended()));
            }
            case CANCELLED ->
                client.sendAsync(request, BodyHandlers.discarding()).cancel(true);
            case DERIVED_CANCELLED ->
                client.sendAsync(request, BodyHandlers.ofString())
                        .thenApply(response -> response)
                        .cancel(true);
            case NOT_WAITED_FOR -> {
                var call = client.sendAsync(request, BodyHandlers.ofInputStream());
                // The response may have been faster: then the body is ours to close.
                if (!call.completeExceptionally(new TimeoutException("not waited for"))) {
                    opened(kind, request, call.thenAccept(MixedCalls::readSome));
                }
            }
        }
    }

    private void opened(Kind kind, HttpRequest request, CompletableFuture<?> future) {
        open.add(new Open(kind, request, future));
    }

    private <E> E random(E[] values) {
        return values[random.nextInt(values.length)];
    }

    private static void readSome(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            body.readNBytes(3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call that will end. */
    private record Open(Kind kind, HttpRequest request, CompletableFuture<?> future) {

        void await() {
            try {
                future.get(30, SECONDS);
            } catch (ExecutionException failed) {
                return;
            } catch (InterruptedException | TimeoutException e) {
                throw new AssertionError(kind + " " + request, e);
            }
        }
    }
}
