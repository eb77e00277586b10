package io.serviceresolver.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A client that notes by which subscribers bodies are read. */
final class SubscriberProbe extends RecordingClient {

    private final HttpClient client;

    /** Written by the thread that read the head. */
    private volatile @Nullable Class<?> last;

    SubscriberProbe(HttpClient client) {
        this.client = client;
    }

    @Nullable
    Class<?> last() {
        return last;
    }

    private <T> BodyHandler<T> noting(BodyHandler<T> handler) {
        return head -> {
            BodySubscriber<T> subscriber = handler.apply(head);
            last = subscriber.getClass();
            return subscriber;
        };
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws IOException {
        try {
            return client.send(request, noting(handler));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return client.sendAsync(request, noting(handler));
    }
}
