package io.serviceresolver.http;

import io.serviceresolver.endpoint.Endpoint;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A response, most often a Pod's, that shows the request as the caller wrote it. */
final class ServiceResponse<T> implements HttpResponse<T> {

    private final HttpResponse<T> response;
    private final HttpRequest request;
    private final @Nullable Endpoint endpoint;
    private final @Nullable HttpResponse<T> previous;

    /**
     * Shows a response.
     *
     * @param request the request to show
     * @param endpoint whose it is; null where that is none of a service
     * @param previous the response from which this request followed; null for the first one
     */
    ServiceResponse(
            HttpResponse<T> response,
            HttpRequest request,
            @Nullable Endpoint endpoint,
            @Nullable HttpResponse<T> previous) {
        this.response = response;
        this.request = request;
        this.endpoint = endpoint;
        this.previous = previous;
    }

    Optional<Endpoint> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    @Override
    public int statusCode() {
        return response.statusCode();
    }

    /**
     * The label of the connection. Declared by {@link HttpResponse} from Java 25 on, where this overrides it; before, it
     * is empty.
     */
    public Optional<String> connectionLabel() {
        return NewerJdk.connectionLabel(response);
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
        return Optional.ofNullable(previous);
    }

    @Override
    public HttpHeaders headers() {
        return response.headers();
    }

    @Override
    public T body() {
        return response.body();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return response.sslSession();
    }

    @Override
    public URI uri() {
        return request.uri();
    }

    @Override
    public Version version() {
        return response.version();
    }

    /** {@code (GET http://skippy/orders) 200}. */
    @Override
    public String toString() {
        return "(" + request.method() + " " + request.uri() + ") " + statusCode();
    }
}
