package io.serviceresolver.http;

import java.net.http.HttpRequest;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Requests that say by themselves that sending them twice is as good as sending them once: by their method (RFC 9110, section
 * 9.2.2), or by a key that lets a server tell the second one (draft-ietf-httpapi-idempotency-key-header).
 */
final class IdempotentRequests implements Predicate<HttpRequest> {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE");

    private static final String KEY = "Idempotency-Key";

    @Override
    public boolean test(HttpRequest request) {
        return METHODS.contains(request.method())
                || request.headers()
                        .firstValue(KEY)
                        .filter(key -> !key.isBlank())
                        .isPresent();
    }
}
