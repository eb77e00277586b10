package io.serviceresolver.http;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends a request and what follows from its answers, without blocking anybody. */
final class AsyncHops<T> {

    private final Conversation conversation;
    private final BodyHandler<T> handler;
    private final Sender<T> sender;
    private final Cancellation cancellation = new Cancellation();
    private final CallFuture<HttpResponse<T>> future = new CallFuture<>(cancellation);

    /** The request that is under way. Written by the thread that begins it. */
    private volatile @Nullable CompletableFuture<HttpResponse<T>> current;

    /** What the caller gets. Written by the thread on which the last request ended, before it completes the future. */
    private volatile @Nullable HttpResponse<T> answer;

    private AsyncHops(Conversation conversation, BodyHandler<T> handler, Sender<T> sender) {
        this.conversation = conversation;
        this.handler = handler;
        this.sender = sender;
    }

    /**
     * Begins a call.
     *
     * @param sender sends each of its requests
     * @return what to give the caller
     */
    static <T> CompletableFuture<HttpResponse<T>> begin(
            Conversation conversation, HttpRequest request, BodyHandler<T> handler, Sender<T> sender) {
        AsyncHops<T> hops = new AsyncHops<>(conversation, handler, sender);
        hops.future.whenComplete((response, failure) -> {
            conversation.end();
            hops.completed();
        });
        hops.go(request, null);
        return hops.future;
    }

    private void go(HttpRequest request, @Nullable HttpResponse<T> previous) {
        if (future.isDone()) {
            return;
        }
        Hop<T> hop = new Hop<>(conversation, request, handler);
        CompletableFuture<HttpResponse<T>> sent;
        try {
            sent = sender.send(hop, conversation.time());
        } catch (IOException | RuntimeException e) {
            future.completeExceptionally(e);
            return;
        }
        current = sent;
        cancellation.follow(sent);
        sent.whenComplete((response, failure) -> {
            if (failure != null) {
                future.completeExceptionally(reason(CallFailures.unwrapped(failure), sent));
            } else {
                answered(hop, hop.shown(response, previous));
            }
        });
        if (future.isDone()) {
            completed();
        }
    }

    /** What the caller is told of: a call to a service tells by itself that its time was over. */
    private Throwable reason(Throwable failure, CompletableFuture<?> sent) {
        boolean isElsewhere = !(sent instanceof CallFuture);
        return isElsewhere && failure instanceof IOException broken
                ? conversation.time().reason(broken)
                : failure;
    }

    private void answered(Hop<T> hop, HttpResponse<T> response) {
        HttpRequest next;
        try {
            next = hop.next();
        } catch (IOException e) {
            future.completeExceptionally(e);
            return;
        }
        if (next != null) {
            go(next, response);
        } else {
            answer = response;
            future.complete(response);
        }
    }

    /** Ends the request that is under way in the way in which the caller ended the call. */
    private void completed() {
        CompletableFuture<HttpResponse<T>> sent = current;
        if (sent == null || sent.isDone()) {
            return;
        }
        Throwable failure = failure();
        if (failure instanceof CancellationException) {
            // With true, it was cancelled before.
            sent.cancel(false);
        } else if (failure != null && sent instanceof CallFuture) {
            sent.completeExceptionally(failure);
        } else if (failure != null || answer == null) {
            sent.cancel(true);
        }
    }

    private @Nullable Throwable failure() {
        return future.handle((response, failure) -> failure).getNow(null);
    }

    /** Sends a request of the call. */
    @FunctionalInterface
    interface Sender<T> {
        CompletableFuture<HttpResponse<T>> send(Hop<T> hop, CallTime time) throws IOException;
    }
}
