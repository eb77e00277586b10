package io.serviceresolver.http;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a request to a service into the one that is sent to a Pod: the same in all but the authority. Immutable.
 */
final class PodRequests {

    private static final String HOST = "Host";

    /** Whether the JVM lets a {@code Host} header be set: a start option, which holds for its whole life. */
    private static final boolean HOST_ALLOWED = isHostAllowed();

    /** The client's own choice, for requests that have none; null where the authority stays as it is. */
    private final @Nullable Version version;

    /** What relays want to be told; null where there is none. */
    private final @Nullable String secret;

    private PodRequests(@Nullable Version version, @Nullable String secret) {
        this.version = version;
        this.secret = secret;
    }

    /**
     * Rewrites for a client that sends to the authority of a URI.
     *
     * @param version the client's own choice, for requests that have none
     */
    static PodRequests toPods(Version version) {
        return new PodRequests(version, null);
    }

    /** Rewrites for a client that sends elsewhere: leaves the authority as it is. */
    static PodRequests toService() {
        return new PodRequests(null, null);
    }

    /** Rewrites for a client that is led by relays: leaves the authority as it is. */
    static PodRequests by(PodRelays relays) {
        return new PodRequests(null, relays.secret());
    }

    private static boolean isHostAllowed() {
        try {
            HttpRequest.newBuilder().header(HOST, "localhost");
            return true;
        } catch (IllegalArgumentException restricted) {
            return false;
        }
    }

    /**
     * The request to send.
     *
     * @param request as the caller wrote it
     * @param pod what it asks for, at the authority of a Pod
     * @return a builder of the request, for the caller's body to be replaced
     */
    HttpRequest.Builder rewrite(HttpRequest request, URI pod) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request, (name, value) -> true);
        if (secret != null) {
            builder.setHeader(PodRelays.HEADER, secret);
        }
        if (version == null) {
            return builder.uri(withAuthority(request.uri(), request.uri().getRawAuthority()));
        }
        builder.uri(pod);
        // HTTP/2 would send the header beside an :authority that differs from it (RFC 9113, 8.3.1).
        boolean http1 = request.version().orElse(version) == Version.HTTP_1_1;
        if (HOST_ALLOWED && http1 && request.headers().firstValue(HOST).isEmpty()) {
            builder.header(HOST, authority(request.uri()));
        }
        return builder;
    }

    /** The same URI at another authority, without the fragment, which is never sent. */
    static URI withAuthority(URI uri, String authority) {
        String query = uri.getRawQuery();
        String resource = uri.getScheme() + "://" + authority + uri.getRawPath();
        return URI.create(query == null ? resource : resource + "?" + query);
    }

    private static String authority(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }
}
