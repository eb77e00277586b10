package io.serviceresolver;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The one piece of static state: the resolver that the whole process shares. */
final class SharedResolver {

    private static final AtomicReference<@Nullable DefaultServiceResolver> SHARED = new AtomicReference<>();

    private SharedResolver() {}

    static ServiceResolver get() {
        DefaultServiceResolver shared = SHARED.get();
        return shared != null && !shared.isClosed() ? shared : renew();
    }

    private static synchronized ServiceResolver renew() {
        DefaultServiceResolver shared = SHARED.get();
        if (shared == null || shared.isClosed()) {
            shared = ServiceResolver.builder().buildDefault();
            SHARED.set(shared);
        }
        return shared;
    }
}
