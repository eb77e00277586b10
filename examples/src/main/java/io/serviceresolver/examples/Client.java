package io.serviceresolver.examples;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.ServiceResolverBuilder;
import io.serviceresolver.ServiceState;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.http.ServiceHttpClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;

/**
 * A program that calls one service: its resolver and its HTTP client.
 *
 * @param resolver finds the Pods
 * @param service the handle of the service, to look at what is known
 * @param http sends the calls
 * @param uri where the calls go
 */
record Client(ServiceResolver resolver, ServiceHandle service, HttpClient http, URI uri) implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * Makes a client as any program would.
     *
     * @param builder says where the resolver learns of Pods and how it balances
     * @param service the name of the service
     * @param executor runs the work of the HTTP client
     */
    static Client of(ServiceResolverBuilder builder, String service, Executor executor) {
        ServiceResolver resolver = builder.build();
        HttpClient plain = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .build();
        return new Client(
                resolver,
                resolver.service(
                        ServiceName.parse(service, resolver.cluster()).withPort(ServicePort.forScheme("http"))),
                ServiceHttpClient.wrap(plain, resolver),
                URI.create("http://" + service + "/orders"));
    }

    /** What is known of the service in one line: {@code LIVE from watch, 10 of 10 endpoints ready}. */
    String knowledge() {
        ServiceState state = service.state();
        int known = service.endpoints().size();
        int ready = service.endpoints().readyCount();
        String age =
                state.age().isZero() ? "" : String.format(Locale.ROOT, ", last confirmed %.1f s ago", seconds(state));
        return state.status() + state.source().map(source -> " from " + source).orElse("") + ", " + ready + " of "
                + known + " endpoints ready" + age;
    }

    /** What each source says, a line for each. */
    List<String> answers() {
        return List.of(service.state().detail().split("; (?=[a-z]+: )"));
    }

    private static double seconds(ServiceState state) {
        return state.age().toMillis() / 1000.0;
    }

    @Override
    public void close() {
        resolver.close();
    }
}
