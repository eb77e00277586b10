package io.serviceresolver.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.Authenticator.RequestorType;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names and passwords that an {@link Authenticator} gave, each for where it was asked for: an origin, and a directory
 * there. Thread-safe.
 */
final class Credentials {

    /** Beyond it, the one used longest ago is asked for again. */
    private static final int LIMIT = 1_000;

    private static final float LOAD_FACTOR = 0.75f;

    private final Authenticator authenticator;

    /** Those that were accepted. Guarded by the lock of this object. */
    private final Map<Space, String> accepted = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Space, String> eldest) {
            return size() > LIMIT;
        }
    };

    Credentials(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /**
     * Asks for a name and a password.
     *
     * @param uri what was asked for, as the caller wrote it
     * @return the value of the header
     * @throws IOException if there are none
     */
    String ask(URI uri, Challenge challenge) throws IOException {
        PasswordAuthentication given = authenticator.requestPasswordAuthenticationInstance(
                uri.getHost(),
                null,
                uri.getPort(),
                uri.getScheme(),
                challenge.realm(),
                "Basic",
                uri.toURL(),
                RequestorType.SERVER);
        if (given == null) {
            throw new IOException("No credentials provided");
        }
        String pair = given.getUserName() + ":" + new String(given.getPassword());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(challenge.charset()));
    }

    /** The value of the header that was accepted there, or in a directory above; null where nothing was. */
    synchronized @Nullable String accepted(Origin origin, URI uri) {
        String path = path(uri);
        for (Map.Entry<Space, String> entry : accepted.entrySet()) {
            if (entry.getKey().origin.equals(origin) && path.startsWith(entry.getKey().directory)) {
                return entry.getValue();
            }
        }
        return null;
    }

    synchronized void accept(Origin origin, URI uri, String value) {
        accepted.put(new Space(origin, directory(uri)), value);
    }

    /** Is sent to this origin no more, unless it is given anew. */
    synchronized void refuse(Origin origin, String value) {
        accepted.entrySet()
                .removeIf(entry ->
                        entry.getKey().origin.equals(origin) && entry.getValue().equals(value));
    }

    private static String directory(URI uri) {
        String path = path(uri);
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static String path(URI uri) {
        String path = uri.normalize().getRawPath();
        return path.startsWith("/") ? path : "/" + path;
    }

    private record Space(Origin origin, String directory) {}
}
