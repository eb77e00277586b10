package io.serviceresolver.http;

import io.serviceresolver.endpoint.ServiceName;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends requests to services, as the methods of an {@link java.net.http.HttpClient} do to hosts. */
interface ServiceSender {

    <T> HttpResponse<T> send(ServiceName service, HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException;

    <T> CompletableFuture<HttpResponse<T>> sendAsync(ServiceName service, HttpRequest request, BodyHandler<T> handler);

    <T> CompletableFuture<HttpResponse<T>> sendAsync(
            ServiceName service, HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes);
}
