package io.serviceresolver.http;

import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * A client that was made, to be let go when nobody has anything to send by it any more. Its calls go on to their ends
 * even then: on Java 21 and newer it is shut down, on older JDKs the garbage collector ends it. Guarded by its own lock.
 */
final class MadeClient {

    private final HttpClient client;

    /** How many are about to send. */
    private int senders;

    private boolean retired;

    MadeClient(HttpClient client) {
        this.client = client;
    }

    /** The client, for one to send by who calls {@link #sent} after that; null where it was retired. */
    synchronized @Nullable HttpClient begin() {
        if (retired) {
            return null;
        }
        senders++;
        return client;
    }

    void sent() {
        boolean last;
        synchronized (this) {
            last = --senders == 0 && retired;
        }
        if (last) {
            NewerJdk.shutdown(client);
        }
    }

    /** Nobody is to send by it any more but those who have begun. */
    void retire() {
        boolean last;
        synchronized (this) {
            last = senders == 0 && !retired;
            retired = true;
        }
        if (last) {
            NewerJdk.shutdown(client);
        }
    }
}
