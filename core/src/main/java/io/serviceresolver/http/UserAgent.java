package io.serviceresolver.http;

import io.serviceresolver.endpoint.ServiceName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import org.jspecify.annotations.Nullable;

/**
 * What a wrapped client does besides sending requests, which is done here in its place for calls to services, as it would
 * go by the addresses of Pods.
 *
 * @param hosts tells services
 * @param redirects which to follow
 * @param cookies null: none are kept
 * @param credentials null: nobody is asked
 */
record UserAgent(
        ServiceHosts hosts,
        Redirects redirects,
        @Nullable Cookies cookies,
        @Nullable Credentials credentials) {

    /** Null where the client does none of it. */
    static @Nullable UserAgent of(HttpClient client, ServiceHosts hosts) {
        boolean silent = client.followRedirects() == Redirect.NEVER
                && client.cookieHandler().isEmpty()
                && client.authenticator().isEmpty();
        return silent
                ? null
                : new UserAgent(
                        hosts,
                        new Redirects(client.followRedirects(), hosts),
                        client.cookieHandler().map(Cookies::new).orElse(null),
                        client.authenticator().map(Credentials::new).orElse(null));
    }

    /** The service that a URI names, or null. */
    @Nullable
    ServiceName service(URI uri) {
        return hosts.find(uri);
    }

    Origin origin(URI uri) {
        return Origin.of(uri, service(uri));
    }
}
