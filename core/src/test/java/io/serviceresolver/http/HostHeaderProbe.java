package io.serviceresolver.http;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Prints what Pods see as the host, in a JVM of its own, as what may be set is fixed when a JVM starts. */
final class HostHeaderProbe {

    private HostHeaderProbe() {}

    /** Prints one line for each request. */
    public static void main(String[] arguments) throws Exception {
        try (PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0)) {
            pod.handler(exchange -> {
                byte[] host =
                        String.valueOf(exchange.getRequestHeaders().get("Host")).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, host.length);
                exchange.getResponseBody().write(host);
            });
            Endpoint endpoint = Endpoint.of(pod.address(), pod.port());
            for (Version version : new Version[] {Version.HTTP_1_1, Version.HTTP_2}) {
                try (Skippy skippy = new Skippy(version, endpoint)) {
                    for (String uri : new String[] {"http://skippy/", "http://Skippy.shield.svc:8080/x"}) {
                        HttpRequest request =
                                HttpRequest.newBuilder(URI.create(uri)).build();
                        String seen = skippy.client
                                .send(request, BodyHandlers.ofString())
                                .body();
                        System.out.println(version + " " + uri + " " + seen.replace(endpoint.authority(), "POD"));
                    }
                }
            }
        }
        System.exit(0);
    }
}
