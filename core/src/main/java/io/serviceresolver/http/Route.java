package io.serviceresolver.http;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How requests get to the Pods of a service.
 *
 * @param service whose Pods they are
 * @param clients send them
 * @param requests rewrites them
 * @param pods tells a client the Pod, or null where the request does
 * @param relays lead to the Pods, or null where clients get there by themselves
 */
record Route(
        ServiceName service,
        PodClients clients,
        PodRequests requests,
        @Nullable PodProxies pods,
        @Nullable PodRelays relays) {

    /** By clients that connect to the address in the request. */
    static Route byAddress(ServiceName service, PodClients clients, PodRequests requests) {
        return new Route(service, clients, requests, null, null);
    }

    /** Sends, and waits for what that gives. */
    <R, E extends Exception> R send(Endpoint pod, PodClients.Sending<R, E> sending) throws IOException, E {
        if (relays == null) {
            return to(pod, null, sending);
        }
        PodRelay relay = relays.begin(service, pod);
        try {
            return to(pod, relay, sending);
        } catch (IOException e) {
            throw relay.reason(e) instanceof IOException reason ? reason : e;
        } finally {
            relays.end(relay);
        }
    }

    /** Sends, and does not wait. */
    <R, E extends Exception> CompletableFuture<R> begin(
            Endpoint pod, PodClients.Sending<CompletableFuture<R>, E> sending) throws IOException, E {
        if (relays == null) {
            return to(pod, null, sending);
        }
        PodRelay relay = relays.begin(service, pod);
        CompletableFuture<R> exchange = null;
        try {
            exchange = to(pod, relay, sending);
        } finally {
            if (exchange == null) {
                relays.end(relay);
            }
        }
        return new RelayedExchange<>(exchange, relays, relay);
    }

    private <R, E extends Exception> R to(Endpoint pod, @Nullable PodRelay relay, PodClients.Sending<R, E> sending)
            throws IOException, E {
        return clients.send(service, pod, client -> {
            if (pods == null) {
                return sending.send(client);
            }
            return pods.to(relay == null ? pod.socketAddress() : relay.address(), () -> sending.send(client));
        });
    }
}
