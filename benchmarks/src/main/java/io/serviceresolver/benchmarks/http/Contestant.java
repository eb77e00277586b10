package io.serviceresolver.benchmarks.http;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.endpoint.AddressPolicy;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.http.ServiceHttpClient;
import io.serviceresolver.http.ServiceHttpOptions;
import io.serviceresolver.source.StaticSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A client, and what it calls. */
record Contestant(String name, HttpClient client, HttpRequest request) {

    /** The one that all are compared to comes first. */
    static List<Contestant> all(String scheme, int port, SSLContext context) {
        ServiceHttpOptions limited = ServiceHttpOptions.defaults().callTimeout(Duration.ofMinutes(1));
        ServiceHttpOptions exact = ServiceHttpOptions.defaults().exactAuthority();
        return List.of(
                bare("the JDK's client", scheme, port, context),
                bare("another one", scheme, port, context),
                wrapped("ServiceHttpClient", ServiceHttpOptions.defaults(), scheme, port, context),
                wrapped("  with a callTimeout", limited, scheme, port, context),
                wrapped("  exactAuthority", exact, scheme, port, context));
    }

    /** The JDK's client by itself, which calls the address. */
    private static Contestant bare(String name, String scheme, int port, SSLContext context) {
        return new Contestant(name, client(context), get(scheme + "://127.0.0.1:" + port + "/orders/7"));
    }

    /** The same client, wrapped, which calls the service. */
    private static Contestant wrapped(
            String name, ServiceHttpOptions options, String scheme, int port, SSLContext context) {
        ServiceResolver resolver = ServiceResolver.builder()
                .source(StaticSource.of("skippy.shield.svc", Endpoint.of("127.0.0.1", port)))
                .cluster(new ClusterContext("shield", ClusterContext.DEFAULT_DOMAIN))
                .addresses(AddressPolicy.standard().permitLoopback())
                .build();
        return new Contestant(
                name, ServiceHttpClient.wrap(client(context), resolver, options), get(scheme + "://skippy/orders/7"));
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }

    private static HttpRequest get(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).build();
    }
}
