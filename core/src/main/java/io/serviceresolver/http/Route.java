package io.serviceresolver.http;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How requests get to the Pods of a service.
 *
 * @param service whose Pods they are
 * @param clients send them
 * @param requests rewrites them
 * @param pods tells a client the Pod, or null where the request does
 */
record Route(
        ServiceName service,
        PodClients clients,
        PodRequests requests,
        @Nullable PodProxies pods) {

    <R, E extends Exception> R to(Endpoint pod, PodClients.Sending<R, E> sending) throws IOException, E {
        return clients.send(
                service, pod, client -> pods == null ? sending.send(client) : pods.to(pod, () -> sending.send(client)));
    }
}
