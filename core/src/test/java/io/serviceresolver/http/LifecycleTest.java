package io.serviceresolver.http;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The methods that {@link HttpClient} has since Java 21, on a class compiled for 17. */
class LifecycleTest {

    private final PodServer pod = PodServer.start("pod-1", "127.0.1.1", 0);
    private final Skippy skippy = Skippy.at(pod);
    private final ServiceHttpClient client = skippy.client;

    @AfterEach
    void stop() {
        skippy.close();
        pod.close();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void closeThroughTheSupertypeClosesTheWrappedClient() throws Exception {
        assertThat(client.send(Skippy.get(), ofString()).body()).isEqualTo("pod-1");
        assertThat(client.isTerminated()).isFalse();
        AutoCloseable closeable = (AutoCloseable) (HttpClient) client;
        closeable.close();
        assertThat(client.isTerminated()).isTrue();
        assertThatThrownBy(() -> client.send(Skippy.get(), ofString())).isInstanceOf(IOException.class);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shutdownLetsCallsEndAndTakesNoMore() throws Exception {
        pod.hold();
        CompletableFuture<HttpResponse<String>> call = client.sendAsync(Skippy.get(), ofString());
        pod.awaitCalls(1);
        client.shutdown();
        assertThatThrownBy(() -> client.send(Skippy.get(), ofString())).isInstanceOf(IOException.class);
        assertThat(client.isTerminated()).isFalse();
        pod.release();
        assertThat(call.get(30, SECONDS).body()).isEqualTo("pod-1");
        assertThat(client.awaitTermination(Duration.ofSeconds(30))).isTrue();
        assertThat(client.isTerminated()).isTrue();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shutdownNowEndsCalls() throws Exception {
        pod.hold();
        CompletableFuture<HttpResponse<String>> call = client.sendAsync(Skippy.get(), ofString());
        pod.awaitCalls(1);
        client.shutdownNow();
        assertThatThrownBy(() -> call.get(30, SECONDS)).hasCauseInstanceOf(IOException.class);
        assertThat(client.awaitTermination(Duration.ofSeconds(30))).isTrue();
        assertThat(skippy.stats().inFlight()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    @EnabledForJreRange(min = JRE.JAVA_21)
    void whatClosingEndsIsHeldAgainstNoPod(HttpClient.Version version) throws Exception {
        try (PodServer other = PodServer.start("pod-2", "127.0.1.2", 0)) {
            pod.hold();
            other.hold();
            Endpoint[] pods = Skippy.endpoints(List.of(pod, other));
            HttpClient wrapped = Skippy.client(version);
            try (Skippy retrying = Skippy.retrying(RetryPolicy.standard(), wrapped, pods)) {
                Future<HttpResponse<String>> whole = retrying.client.sendAsync(Skippy.get(), ofString());
                Interrupted blocked = new Interrupted(() -> retrying.client.send(Skippy.get(), ofString()));
                Skippy.await("both are under way", () -> pod.inFlight() + other.inFlight() == 2);
                retrying.client.shutdownNow();
                assertThatThrownBy(() -> whole.get(30, SECONDS)).hasCauseInstanceOf(IOException.class);
                assertThat(blocked.ends()).isInstanceOf(IOException.class);
                assertThatThrownBy(() -> retrying.client.send(Skippy.get(), ofString()))
                        .isInstanceOf(IOException.class);
                retrying.awaitEnded(Outcome.CANCELLED, Outcome.CANCELLED, Outcome.CANCELLED);
                assertThat(retrying.stats().retries()).isZero();
            } finally {
                pod.release();
                other.release();
            }
        }
    }

    @Test
    @DisabledForJreRange(min = JRE.JAVA_21)
    void doesNothingWhereTheJdkHasNoSuchMethods() throws Exception {
        client.shutdown();
        client.shutdownNow();
        client.close();
        assertThat(client.isTerminated()).isFalse();
        assertThat(client.awaitTermination(Duration.ofSeconds(30))).isTrue();
        assertThat(client.send(Skippy.get(), ofString()).body()).isEqualTo("pod-1");
        skippy.assertEnded(Outcome.SUCCESS);
    }

    @Test
    void delegatesTheConnectionLabelWhereThereIsOne() throws Exception {
        HttpResponse<String> response = client.send(Skippy.get(), ofString());
        boolean newer = Runtime.version().feature() >= 25;
        assertThat(((ServiceResponse<String>) response).connectionLabel().isPresent())
                .isEqualTo(newer);
    }
}
