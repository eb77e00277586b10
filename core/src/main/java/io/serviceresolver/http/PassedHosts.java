package io.serviceresolver.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log of hosts that may be meant for a service of another namespace, and are called as any host is: once of each, and
 * of some only. Thread-safe.
 */
final class PassedHosts {

    private static final Logger log = LoggerFactory.getLogger(PassedHosts.class);

    private static final int MOST = 100;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** A host of two labels, the second of which is no namespace that is allowed. */
    void tell(String host, String namespace) {
        if (told.size() < MOST && told.add(host)) {
            log.info(
                    "{}: called as any other host; if it is a service, allow its namespace: namespaces(\"{}\")",
                    host,
                    namespace);
        }
    }
}
