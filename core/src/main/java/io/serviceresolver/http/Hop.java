package io.serviceresolver.http;

import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpResponse.ResponseInfo;
import org.jspecify.annotations.Nullable;

/** One request of a conversation. The caller's handler sees its answer only where no other request follows from it. */
final class Hop<T> implements PodBodyHandler<T> {

    private final Conversation conversation;
    private final HttpRequest request;
    private final BodyHandler<T> handler;

    /** What follows. Written by the thread that read the head, before there is a response. */
    private volatile @Nullable HttpRequest next;

    /** Why nothing can follow though it should. Written as {@link #next}. */
    private volatile @Nullable IOException failure;

    Hop(Conversation conversation, HttpRequest request, BodyHandler<T> handler) {
        this.conversation = conversation;
        this.request = request;
        this.handler = handler;
    }

    /** What to send. */
    HttpRequest wire() throws IOException {
        return conversation.complete(request);
    }

    @Override
    public BodySubscriber<T> apply(ResponseInfo head) {
        return handle(head, null);
    }

    @Override
    public BodySubscriber<T> apply(ResponseInfo head, Endpoint pod) {
        return handle(head, pod);
    }

    private BodySubscriber<T> handle(ResponseInfo head, @Nullable Endpoint pod) {
        try {
            next = conversation.after(request, head, pod);
        } catch (IOException e) {
            failure = e;
        }
        if (next == null && failure == null) {
            return handler.apply(head);
        }
        DroppedBody<T> body = new DroppedBody<>();
        conversation.drop(body);
        return body;
    }

    /** The request that follows, once there is a response; null where the response is the caller's. */
    @Nullable
    HttpRequest next() throws IOException {
        IOException broken = failure;
        if (broken != null) {
            throw broken;
        }
        return next;
    }

    /** The response, without what was added to the request. */
    ServiceResponse<T> shown(HttpResponse<T> response, @Nullable HttpResponse<T> previous) {
        Endpoint pod = ServiceHttpClient.endpoint(response).orElse(null);
        return new ServiceResponse<>(response, request, pod, previous);
    }

    PushPromiseHandler<T> shown(PushPromiseHandler<T> pushes) {
        return (initiating, promised, acceptor) -> pushes.applyPushPromise(request, promised, acceptor);
    }
}
