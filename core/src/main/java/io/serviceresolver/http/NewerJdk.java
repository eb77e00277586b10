package io.serviceresolver.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code java.net.http} has gained since Java 17, for which this is compiled. Where the running JDK lacks a method,
 * calling it does what the default implementation does.
 */
final class NewerJdk {

    /** Since 21. */
    private static final @Nullable MethodHandle SHUTDOWN = find(HttpClient.class, "shutdown", void.class);

    private static final @Nullable MethodHandle SHUTDOWN_NOW = find(HttpClient.class, "shutdownNow", void.class);
    private static final @Nullable MethodHandle AWAIT_TERMINATION =
            find(HttpClient.class, "awaitTermination", boolean.class, Duration.class);
    private static final @Nullable MethodHandle IS_TERMINATED = find(HttpClient.class, "isTerminated", boolean.class);
    private static final @Nullable MethodHandle CLOSE = find(HttpClient.class, "close", void.class);

    /** Whether clients can be ended. */
    static final boolean CLOSES = CLOSE != null;

    /** Since 25. */
    private static final @Nullable MethodHandle CONNECTION_LABEL =
            find(HttpResponse.class, "connectionLabel", Optional.class);

    private NewerJdk() {}

    private static @Nullable MethodHandle find(Class<?> type, String name, Class<?> returned, Class<?>... parameters) {
        try {
            return MethodHandles.publicLookup().findVirtual(type, name, MethodType.methodType(returned, parameters));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }

    static void shutdown(HttpClient client) {
        invoke(SHUTDOWN, client);
    }

    static void shutdownNow(HttpClient client) {
        invoke(SHUTDOWN_NOW, client);
    }

    static void close(HttpClient client) {
        invoke(CLOSE, client);
    }

    static boolean isTerminated(HttpClient client) {
        return Boolean.TRUE.equals(invoke(IS_TERMINATED, client));
    }

    static boolean awaitTermination(HttpClient client, Duration duration) throws InterruptedException {
        if (AWAIT_TERMINATION == null) {
            return true;
        }
        try {
            return (boolean) AWAIT_TERMINATION.invoke(client, duration);
        } catch (RuntimeException | Error | InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    static Optional<String> connectionLabel(HttpResponse<?> response) {
        return invoke(CONNECTION_LABEL, response) instanceof Optional<?> label
                ? label.map(String.class::cast)
                : Optional.empty();
    }

    private static @Nullable Object invoke(@Nullable MethodHandle method, Object target) {
        if (method == null) {
            return null;
        }
        try {
            return method.invoke(target);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
