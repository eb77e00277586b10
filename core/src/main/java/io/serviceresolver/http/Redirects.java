package io.serviceresolver.http;

import io.serviceresolver.endpoint.Endpoint;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where answers redirect to (RFC 9110, section 15.4), as the JDK's client goes there: which of them, with which method and
 * body. To another origin it takes no header that might be a secret, of which the JDK takes some. Immutable.
 */
final class Redirects {

    private static final int MOVED_PERMANENTLY = 301;
    private static final int FOUND = 302;
    private static final int SEE_OTHER = 303;
    private static final int TEMPORARY_REDIRECT = 307;
    private static final int PERMANENT_REDIRECT = 308;

    private static final Set<Integer> STATUSES =
            Set.of(MOVED_PERMANENTLY, FOUND, SEE_OTHER, TEMPORARY_REDIRECT, PERMANENT_REDIRECT);

    /** What may go to another origin: all else may be a secret of the first one, under whatever name. Lower case. */
    private static final Set<String> HARMLESS = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "cache-control",
            "content-encoding",
            "content-language",
            "content-type",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "pragma",
            "prefer",
            "range",
            "traceparent",
            "tracestate",
            "user-agent");

    /** What is about the body, which is not sent again with another method. */
    private static final String CONTENT = "content-";

    private final Redirect policy;
    private final ServiceHosts hosts;

    Redirects(Redirect policy, ServiceHosts hosts) {
        this.policy = policy;
        this.hosts = hosts;
    }

    /**
     * What to send next.
     *
     * @param request what was sent
     * @param head how it was answered
     * @param pod who answered; null where that is none of a service
     * @return null where the answer is no redirect, or one that is not to be followed, or cannot be
     */
    @Nullable
    HttpRequest follow(HttpRequest request, ResponseInfo head, @Nullable Endpoint pod) {
        if (policy == Redirect.NEVER || !STATUSES.contains(head.statusCode())) {
            return null;
        }
        Optional<String> location = head.headers().firstValue("Location");
        if (location.isEmpty()) {
            return null;
        }
        try {
            URI target = target(request.uri(), URI.create(location.get()), pod);
            return isAllowed(request.uri(), target) ? redirected(request, target, head.statusCode()) : null;
        } catch (IllegalArgumentException e) {
            // No URI, or the host ends as a service's and is none: the caller may make more of it.
            return null;
        }
    }

    /** The address of the Pod itself, which it may take for its name, means the service. */
    private static URI target(URI base, URI location, @Nullable Endpoint pod) {
        URI target = resolve(base, location);
        if (pod == null || target.getHost() == null || !base.getScheme().equalsIgnoreCase(target.getScheme())) {
            return target;
        }
        String authority = target.getHost() + ":" + Origin.effectivePort(target);
        return authority.equalsIgnoreCase(pod.authority())
                ? PodRequests.withAuthority(target, base.getRawAuthority())
                : target;
    }

    /** RFC 3986, section 5.3, of which {@link URI#resolve} does not do all. */
    private static URI resolve(URI base, URI location) {
        if (location.isAbsolute() || location.getRawAuthority() != null) {
            return base.resolve(location);
        }
        String path = base.getRawPath().isEmpty() ? "/" : base.getRawPath();
        if (!location.getRawPath().isEmpty()) {
            return base.resolve(path).resolve(location);
        }
        String query = location.getRawQuery() == null ? base.getRawQuery() : location.getRawQuery();
        return base.resolve(query == null ? path : path + "?" + query);
    }

    private boolean isAllowed(URI from, URI to) {
        boolean http = "http".equalsIgnoreCase(to.getScheme());
        boolean https = "https".equalsIgnoreCase(to.getScheme());
        if (to.getHost() == null || !(http || https)) {
            return false;
        }
        return policy == Redirect.ALWAYS || https || from.getScheme().equalsIgnoreCase(to.getScheme());
    }

    private HttpRequest redirected(HttpRequest request, URI target, int status) {
        String method = method(request.method(), status);
        boolean same = method.equals(request.method());
        boolean sameOrigin = origin(request.uri()).equals(origin(target));
        BiPredicate<String, String> kept = (name, value) -> {
            String header = name.toLowerCase(Locale.ROOT);
            return (sameOrigin || HARMLESS.contains(header)) && (same || !header.startsWith(CONTENT));
        };
        BodyPublisher body = same && status != SEE_OTHER
                ? request.bodyPublisher().orElseGet(BodyPublishers::noBody)
                : BodyPublishers.noBody();
        return HttpRequest.newBuilder(request, kept)
                .uri(target)
                .method(method, body)
                .build();
    }

    private Origin origin(URI uri) {
        return Origin.of(uri, hosts.find(uri));
    }

    private static String method(String method, int status) {
        return switch (status) {
            case MOVED_PERMANENTLY, FOUND -> method.equals("POST") ? "GET" : method;
            case SEE_OTHER -> "GET";
            default -> method;
        };
    }
}
