package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {

    private final InheritableThreadLocal<String> request = new InheritableThreadLocal<>();

    @Test
    void haveNothingOfWhoeverNeedsThemFirst() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            request.set("somebody's");
            Thread.currentThread().setContextClassLoader(null);
            new ApiThreads()
                    .execute(() -> seen.complete(Thread.currentThread().getName() + " " + request.get() + " "
                            + Thread.currentThread().getContextClassLoader()));
            assertThat(seen.get(30, TimeUnit.SECONDS))
                    .isEqualTo("service-resolver-watch null " + ApiThreads.class.getClassLoader());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            request.remove();
        }
    }
}
