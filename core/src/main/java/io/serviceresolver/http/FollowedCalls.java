package io.serviceresolver.http;

import io.serviceresolver.endpoint.ServiceName;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends requests to services, and what follows from their answers: each anew to a Pod, or to whichever other host. */
final class FollowedCalls implements ServiceSender {

    private final UserAgent agent;
    private final ServiceCalls calls;
    private final OtherHosts others;

    /**
     * Sends nothing yet.
     *
     * @param agent what follows
     * @param calls sends to services
     * @param others sends to all other hosts; itself does nothing of what the agent does
     */
    FollowedCalls(UserAgent agent, ServiceCalls calls, HttpClient others) {
        this.agent = agent;
        this.calls = calls;
        this.others = new OtherHosts(others);
    }

    @Override
    public <T> HttpResponse<T> send(ServiceName service, HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        Objects.requireNonNull(handler, "handler");
        Conversation conversation = new Conversation(agent, calls.time(service, request));
        try {
            HttpResponse<T> previous = null;
            HttpRequest next = request;
            while (true) {
                Hop<T> hop = new Hop<>(conversation, next, handler);
                HttpResponse<T> response = hop.shown(send(hop, conversation.time()), previous);
                next = hop.next();
                if (next == null) {
                    return response;
                }
                previous = response;
            }
        } finally {
            conversation.end();
        }
    }

    private <T> HttpResponse<T> send(Hop<T> hop, CallTime time) throws IOException, InterruptedException {
        HttpRequest wire = hop.wire();
        ServiceName service = agent.service(wire.uri());
        return service == null ? others.send(wire, hop, time) : calls.send(service, wire, hop, time);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            ServiceName first, HttpRequest request, BodyHandler<T> handler) {
        return begin(first, request, handler, (hop, time) -> {
            HttpRequest wire = hop.wire();
            ServiceName service = agent.service(wire.uri());
            return service == null ? others.sendAsync(wire, hop, time) : calls.sendAsync(service, wire, hop, time);
        });
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            ServiceName first, HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        return begin(first, request, handler, (hop, time) -> {
            HttpRequest wire = hop.wire();
            ServiceName service = agent.service(wire.uri());
            PushPromiseHandler<T> shown = pushes == null ? null : hop.shown(pushes);
            return service == null
                    ? others.sendAsync(wire, hop, shown, time)
                    : calls.sendAsync(service, wire, hop, shown, time);
        });
    }

    private <T> CompletableFuture<HttpResponse<T>> begin(
            ServiceName service, HttpRequest request, BodyHandler<T> handler, AsyncHops.Sender<T> sender) {
        Objects.requireNonNull(handler, "handler");
        CallersContext context;
        CallTime time;
        try {
            context = calls.context();
            time = calls.time(service, request);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return AsyncHops.begin(
                new Conversation(agent, time),
                request,
                handler,
                (hop, left) -> context.send(() -> sender.send(hop, left)));
    }
}
