package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {

    private final InheritableThreadLocal<String> request = new InheritableThreadLocal<>();

    /** What a thread of ours knows of the one that needs it first. */
    private record Seen(@Nullable String request, ClassLoader loader, String name) {}

    @Test
    void haveNothingOfWhoeverNeedsThemFirst() throws Exception {
        CompletableFuture<Seen> seen = new CompletableFuture<>();
        Runnable look = () -> seen.complete(new Seen(
                request.get(),
                Thread.currentThread().getContextClassLoader(),
                Thread.currentThread().getName()));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader webApp = new URLClassLoader(new URL[0], before)) {
            Thread.currentThread().setContextClassLoader(webApp);
            request.set("somebody's");
            Thread thread = new DaemonThreads("ours").newThread(look);
            assertThat(thread.isDaemon()).isTrue();
            thread.start();
            assertThat(seen.get(30, TimeUnit.SECONDS))
                    .isEqualTo(new Seen(null, ServiceResolver.class.getClassLoader(), "ours-1"));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            request.remove();
        }
    }
}
