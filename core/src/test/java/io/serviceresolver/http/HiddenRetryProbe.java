package io.serviceresolver.http;

import io.serviceresolver.testkit.PodSocket;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;

/** Prints how many requests one attempt is at a Pod that closes each connection in place of an answer. */
final class HiddenRetryProbe {

    private HiddenRetryProbe() {}

    /** Prints one line for each method. */
    public static void main(String[] arguments) throws Exception {
        for (String method : new String[] {"GET", "HEAD", "PUT", "POST"}) {
            AtomicInteger requests = new AtomicInteger();
            PodSocket.Script closing = connection -> {
                if (!connection.readRequest().isEmpty()) {
                    requests.incrementAndGet();
                }
            };
            try (PodSocket pod = PodSocket.start("127.0.1.9", 0, closing);
                    Skippy skippy = Skippy.at(pod)) {
                HttpRequest request = HttpRequest.newBuilder(Skippy.ROOT)
                        .method(method, BodyPublishers.noBody())
                        .build();
                try {
                    skippy.client.send(request, BodyHandlers.ofString());
                } catch (IOException e) {
                    System.out.println(method + " " + requests);
                }
            }
        }
        System.exit(0);
    }
}
