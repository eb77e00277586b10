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
import javax.net.ssl.SSLContext;

/** A client, and what it calls. */
record Contestant(String name, HttpClient client, HttpRequest request) {

    /** The JDK's client by itself, which calls the address. */
    static Contestant bare(String scheme, int port, SSLContext context) {
        return new Contestant("the JDK's client", client(context), get(scheme + "://127.0.0.1:" + port + "/orders/7"));
    }

    /** The same client, wrapped, which calls the service. */
    static Contestant wrapped(String scheme, int port, SSLContext context) {
        return wrapped("ServiceHttpClient", ServiceHttpOptions.defaults(), scheme, port, context);
    }

    /** The same, which has the server see the name of the service. */
    static Contestant exact(String scheme, int port, SSLContext context) {
        return wrapped("  exactAuthority()", ServiceHttpOptions.defaults().exactAuthority(), scheme, port, context);
    }

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
