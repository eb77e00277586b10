package io.serviceresolver.http;

import io.serviceresolver.endpoint.ServiceName;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whom a request is for, and so whose are the credentials that it carries (RFC 6454).
 *
 * @param scheme lower case
 * @param host lower case; of a service its full name, however it was written
 * @param port the port; of a service as it was written, and -1 where it was not
 */
record Origin(String scheme, String host, int port) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    static Origin of(URI uri, @Nullable ServiceName service) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (service != null) {
            return new Origin(scheme, service.service() + "." + service.namespace() + ".svc", uri.getPort());
        }
        return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), effectivePort(uri));
    }

    /** The port that a URI means which is none of a service. */
    static int effectivePort(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? HTTPS_PORT : HTTP_PORT;
    }
}
