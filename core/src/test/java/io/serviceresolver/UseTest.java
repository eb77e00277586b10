package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.ServiceState.Status;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.source.Subscription;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What keeps a service from being let go, and has it followed again. Two may be followed at a time. */
class UseTest extends EngineTest {

    private final BlockingQueue<EndpointSet> heard = new LinkedBlockingQueue<>();

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.maxServices(2);
    }

    private ServiceHandle letGo() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        time.advance(IDLE.multipliedBy(2));
        assertThat(source.isAsked()).isFalse();
        return skippy;
    }

    private EndpointSet next() throws InterruptedException {
        EndpointSet set = heard.poll(30, TimeUnit.SECONDS);
        assertThat(set).isNotNull();
        return set;
    }

    @Test
    void whoLooksAtTheEndpointsUsesThem() {
        ServiceHandle skippy = letGo();
        assertThat(skippy.endpoints().isEmpty()).isTrue();
        time.runDue();
        say(() -> source.found(pod(1), pod(2)));
        for (int i = 0; i < 10; i++) {
            time.advance(IDLE.dividedBy(2));
            assertThat(skippy.endpoints().size()).isEqualTo(2);
        }
    }

    @Test
    void whoLooksAtTheStateUsesIt() {
        ServiceHandle skippy = letGo();
        assertThat(skippy.state().status()).isEqualTo(Status.UNKNOWN);
        time.runDue();
        say(() -> source.found(pod(1)));
        assertThat(skippy.state().status()).isEqualTo(Status.LIVE);
    }

    @Test
    void whoReadsFiguresDoesNotUseThem() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        for (int i = 0; i < 10; i++) {
            time.advance(IDLE.dividedBy(4));
            assertThat(skippy.stats().state().detail()).isNotEmpty();
            assertThat(skippy.stats().known()).isBetween(0, 1);
        }
        assertThat(source.isAsked()).isFalse();
    }

    @Test
    void whoWaitsUsesIt() throws Exception {
        ServiceHandle skippy = follow("skippy");
        CompletableFuture<Void> ready = skippy.awaitReadyAsync(IDLE.multipliedBy(10));
        time.advance(IDLE.multipliedBy(5));
        say(() -> source.found(pod(1)));
        get(ready);
    }

    @Test
    void whoWaitsNoLongerDoesNotUseItAnyMore() {
        ServiceHandle skippy = follow("skippy");
        Duration aLongTime = IDLE.multipliedBy(10);
        skippy.awaitReadyAsync(aLongTime).cancel(false);
        skippy.awaitReadyAsync(aLongTime).complete(null);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> skippy.awaitReady(aLongTime)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        time.advance(IDLE.multipliedBy(2));
        assertThat(source.isAsked()).isFalse();
    }

    @Test
    void whoeverIsUsedAgainAfterAnIdleTimeIsKept() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        time.advance(IDLE.plus(IDLE.dividedBy(8)));
        skippy.resolve();
        time.advance(IDLE);
        assertThat(source.log).containsExactly("open skippy.shield");
    }

    @Test
    void aShortNameTakesOnePlace() {
        follow("skippy");
        follow("wallaby");
        assertThat(source.log).containsExactly("open skippy.shield", "open wallaby.shield");
    }

    @Test
    void whoIsListenedToStaysWhoeverElseIsUsed() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        Subscription subscription = skippy.addListener(heard::add);
        time.runDue();
        assertThat(next().size()).isEqualTo(1);
        follow("wallaby");
        follow("koala");
        follow("emu");
        assertThat(source.log).doesNotContain("close skippy.shield");
        say(() -> source.found(pod(1), pod(2)));
        assertThat(next().size()).isEqualTo(2);
        subscription.close();
        time.advance(IDLE.multipliedBy(2));
        assertThat(source.log).contains("close skippy.shield");
    }

    private final ResolverListener resolverListener = new ResolverListener() {
        @Override
        public void serviceAdded(ServiceHandle service) {
            heard.add(service.endpoints());
        }

        @Override
        public void serviceRemoved(ServiceHandle service) {
            heard.add(service.endpoints());
        }
    };

    @Test
    void aListenerThatEndsBeforeItBeganHearsNothing() {
        ServiceHandle skippy = resolver.service("skippy");
        skippy.addListener(heard::add).close();
        resolver.addListener(resolverListener).close();
        time.runDue();
        say(() -> source.found(pod(1)));
        time.advance(IDLE.multipliedBy(2));
        assertThat(source.isAsked()).isFalse();
        assertThat(heard).isEmpty();
    }

    @Test
    void aListenerThatFailsBadlyIsToldTheNextTime() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1)));
        skippy.addListener(set -> {
            heard.add(set);
            throw new AssertionError("the test said so");
        });
        time.runDue();
        assertThat(next().size()).isEqualTo(1);
        say(() -> source.found(pod(1), pod(2)));
        assertThat(next().size()).isEqualTo(2);
    }

    @Test
    void aClosedResolverSaysThatItIs() {
        resolver.close();
        time.runDue();
        assertThatThrownBy(() -> resolver.addListener(resolverListener))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the resolver is closed");
    }

    @Test
    void aNameThatIsRefusedIsRefusedWhoeverElseIsInUse() {
        resolver.service("skippy.other.svc");
        time.runDue();
        resolver.service(ServiceName.parse("skippy.other.svc", resolver.cluster()));
        time.runDue();
        assertThatThrownBy(() -> resolver.service("skippy.other")).isInstanceOf(IllegalArgumentException.class);
        assertThat(source.log).containsExactly("open skippy.other");
    }

    @Test
    void timeWithoutEndIsWaited() throws Exception {
        ServiceHandle skippy = follow("skippy");
        CompletableFuture<Void> ready = skippy.awaitReadyAsync(Duration.ofSeconds(Long.MAX_VALUE));
        say(() -> source.found(pod(1)));
        get(ready);
    }
}
