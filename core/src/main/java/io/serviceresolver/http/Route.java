package io.serviceresolver.http;

import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * How a request gets to a Pod.
 *
 * @param client sends it
 * @param requests rewrites it
 * @param pods tells the client the Pod, or null where the request does
 */
record Route(
        HttpClient client, PodRequests requests, @Nullable PodProxies pods) {

    static Route direct(HttpClient client, PodRequests requests) {
        return new Route(client, requests, null);
    }

    static Route absolute(ServiceClients made) {
        PodProxies pods = new PodProxies();
        return new Route(made.absolute(pods), PodRequests.toService(), pods);
    }

    <R, E extends Exception> R to(Endpoint pod, PodProxies.Sending<R, E> sending) throws IOException, E {
        return pods == null ? sending.send() : pods.to(pod, sending);
    }
}
