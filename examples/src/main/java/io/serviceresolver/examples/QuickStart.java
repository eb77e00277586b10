package io.serviceresolver.examples;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.http.ServiceHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** All that a program in a cluster needs: each call goes to a Pod that is ready. */
public final class QuickStart {

    private QuickStart() {}

    /**
     * Calls {@code http://skippy/orders/7}.
     *
     * @param words not used
     * @throws IOException if the call fails
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] words) throws IOException, InterruptedException {
        try (ServiceResolver resolver = ServiceResolver.create()) {
            HttpClient http = ServiceHttpClient.wrap(HttpClient.newHttpClient(), resolver);
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://skippy/orders/7")).build();
            System.out.println(http.send(request, BodyHandlers.ofString()).body());
        }
    }
}
