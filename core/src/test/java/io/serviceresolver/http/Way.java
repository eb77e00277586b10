package io.serviceresolver.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.ExecutionException;

/** The two ways of sending, to be tested alike. */
enum Way {
    SEND {
        @Override
        <T> HttpResponse<T> call(HttpClient client, HttpRequest request, BodyHandler<T> handler) throws Exception {
            return client.send(request, handler);
        }
    },
    SEND_ASYNC {
        @Override
        <T> HttpResponse<T> call(HttpClient client, HttpRequest request, BodyHandler<T> handler) throws Exception {
            try {
                return client.sendAsync(request, handler).get(30, SECONDS);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception failure ? failure : e;
            }
        }
    };

    abstract <T> HttpResponse<T> call(HttpClient client, HttpRequest request, BodyHandler<T> handler) throws Exception;
}
