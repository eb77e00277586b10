package io.serviceresolver.http;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * A request that a Pod promised to answer, with the URI as callers would write it. Not built anew: a promise has headers that
 * no builder takes, of which {@code :path} is one. Immutable.
 */
final class PromisedRequest extends HttpRequest {

    private final HttpRequest promised;
    private final URI uri;

    PromisedRequest(HttpRequest promised, URI uri) {
        this.promised = promised;
        this.uri = uri;
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public Optional<BodyPublisher> bodyPublisher() {
        return promised.bodyPublisher();
    }

    @Override
    public String method() {
        return promised.method();
    }

    @Override
    public Optional<Duration> timeout() {
        return promised.timeout();
    }

    @Override
    public boolean expectContinue() {
        return promised.expectContinue();
    }

    @Override
    public Optional<Version> version() {
        return promised.version();
    }

    @Override
    public HttpHeaders headers() {
        return promised.headers();
    }

    @Override
    public String toString() {
        return uri + " " + method();
    }
}
