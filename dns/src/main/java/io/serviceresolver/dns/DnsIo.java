package io.serviceresolver.dns;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends queries and receives replies, without blocking its callers. The one thread it needs starts with the first
 * query and ends with {@link #close}. Thread-safe.
 */
final class DnsIo implements AutoCloseable {

    /** Both guarded by the lock of this object. */
    private @Nullable IoLoop loop;

    private boolean closed;

    /** Starts an exchange. Its listener hears of it, even where it cannot be started. */
    void start(Exchange exchange) {
        String problem = tryStart(exchange);
        if (problem != null) {
            exchange.fail(problem);
        }
    }

    private synchronized @Nullable String tryStart(Exchange exchange) {
        if (closed) {
            return Exchange.CLOSED;
        }
        try {
            if (loop == null || !exchange.startOn(loop)) {
                loop = IoLoop.start();
                exchange.startOn(loop);
            }
            return null;
        } catch (IOException e) {
            return Exchange.describe(e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (loop != null) {
            loop.end();
        }
    }
}
