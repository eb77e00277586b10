package io.serviceresolver.dns;

import static io.serviceresolver.dns.FollowedService.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.Subscription;
import io.serviceresolver.testkit.DnsReply;
import io.serviceresolver.testkit.DnsServer;
import io.serviceresolver.testkit.DnsService;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads, timers and sockets: when they begin, what they survive, and that they end. */
class DnsSourceLifeTest {

    private static final DnsService SKIPPY =
            DnsService.headless("skippy", "shield").port("http", 80).endpoint("10.0.0.1");

    private final DnsServer server = DnsServer.start().publish(SKIPPY);

    @AfterEach
    void close() {
        server.close();
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(IoLoop.THREAD_NAME) && thread.isAlive())
                .collect(Collectors.toSet());
    }

    private static void awaitEnd(Set<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(30).toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void itsThreadDoesNotKeepTheClassLoaderOfWhoeverAsksFirst() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(null);
        try (FollowedService skippy = new FollowedService(source(server), "skippy:http")) {
            skippy.nextSet();
            assertThat(threads())
                    .isNotEmpty()
                    .allSatisfy(thread ->
                            assertThat(thread.getContextClassLoader()).isEqualTo(IoLoop.class.getClassLoader()));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void oneDaemonThreadServesAllServicesAndEndsWithTheSource() throws InterruptedException {
        Set<Thread> before = threads();
        DnsSource source = source(server);
        // Those of other sources may be about to end.
        assertThat(threads()).isSubsetOf(before);
        try (FollowedService one = new FollowedService(source, "skippy:http");
                FollowedService other = new FollowedService(source, "skippy:80")) {
            one.nextSet();
            other.nextSet();
            Set<Thread> own = threads();
            own.removeAll(before);
            assertThat(own).singleElement().matches(Thread::isDaemon);
            source.close();
            awaitEnd(own);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(n -> n.contains("dnsjava"));
    }

    @Test
    void unsubscribingLeavesNoTimerWhateverIsUnderWay() {
        FollowedService idle = new FollowedService(source(server), "skippy:http");
        idle.nextSet();
        idle.unsubscribe();
        assertThat(idle.time.pending()).isZero();
        server.outage(DnsReply.mute());
        FollowedService waiting = new FollowedService(source(server), "skippy:80");
        waiting.awaitQueries(server, 3);
        waiting.unsubscribe();
        assertThat(waiting.time.pending()).isZero();
        waiting.expectNoAnswer();
        waiting.close();
        idle.close();
    }

    @Test
    void unsubscribingBeforeTheFirstQueryAsksNothing() {
        DnsSource source = source(server);
        VirtualContext virtual = new VirtualContext();
        List<SourceAnswer> answers = new ArrayList<>();
        Subscription early = source.subscribe(
                ServiceName.parse("jarvis:http", FollowedService.CLUSTER), virtual.context(), answers::add);
        early.close();
        early.close();
        virtual.time.advance(Duration.ofSeconds(5));
        assertThat(answers).isEmpty();
        // What had been asked before this would have been received before it.
        try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
            skippy.nextSet();
        }
        assertThat(server.queries()).hasSize(1);
    }

    @Test
    void aSourceThatWasClosedSaysSo() {
        DnsSource source = source(server);
        source.close();
        try (FollowedService skippy = new FollowedService(source, "skippy:80")) {
            skippy.advanceMillis(400);
            assertThat(skippy.nextUnavailable()).contains("the DNS source was closed");
        }
    }

    @Test
    void anInterruptedThreadGoesOnAndDoesNotSpin() {
        Set<Thread> before = threads();
        try (FollowedService skippy = new FollowedService(source(server), "skippy:http")) {
            skippy.nextSet();
            Set<Thread> own = threads();
            own.removeAll(before);
            own.forEach(Thread::interrupt);
            assertThat(skippy.advanceSeconds(5).nextEndpoints()).hasSize(1);
            assertThat(own).singleElement().matches(thread -> thread.isAlive() && !thread.isInterrupted());
        }
    }

    @Test
    void anAnswerThatComesAfterTheSchedulerWasShutDownHarmsNothing() {
        CountDownLatch down = new CountDownLatch(1);
        server.outage((query, transport) -> {
            try {
                return down.await(30, TimeUnit.SECONDS) ? DnsReply.servFail().to(query, transport) : List.of();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        });
        DnsSource source = source(server);
        FollowedService skippy = new FollowedService(source, "skippy:http");
        skippy.awaitQueries(server, 1);
        skippy.scheduler.shutdownNow();
        down.countDown();
        server.recover();
        try (FollowedService other = new FollowedService(source, "skippy:http")) {
            assertThat(other.nextEndpoints()).containsExactly("10.0.0.1:80");
            skippy.unsubscribe();
            skippy.expectNoAnswer();
        }
    }

    @Test
    void aListenerThatFailsIsToldTheNextTimeToo() {
        VirtualContext virtual = new VirtualContext();
        DnsSource source = source(server);
        List<SourceAnswer> answers = new ArrayList<>();
        Subscription subscription = source.subscribe(
                ServiceName.parse("skippy:http", FollowedService.CLUSTER), virtual.context(), answer -> {
                    answers.add(answer);
                    throw new IllegalStateException("on purpose");
                });
        virtual.scheduler.runUntil("an answer", () -> answers.size() == 1);
        virtual.time.advance(Duration.ofSeconds(5));
        virtual.scheduler.runUntil("another answer", () -> answers.size() == 2);
        subscription.close();
        source.close();
    }

    @Test
    void aNameThatIsTooLongForDnsIsUnavailable() {
        String label = "a".repeat(63);
        try (FollowedService skippy = new FollowedService(source(server), label + "." + "shield" + ":" + label)) {
            assertThat(skippy.nextUnavailable()).contains("(expected: a name that DNS can hold)");
        }
    }
}
