package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.testkit.VirtualTime;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names that are looked up again and again, on a real thread and in virtual time. */
class HostsTest {

    private static final String NAME = "db.example.com";

    private final VirtualTime time = new VirtualTime();
    private final SignallingScheduler scheduler = new SignallingScheduler(time);
    private final Map<String, List<String>> dns = new ConcurrentHashMap<>();
    private final AtomicInteger lookups = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final HostLookup lookup = new HostLookup(this::addresses);
    private final AtomicInteger changes = new AtomicInteger();
    private final Hosts hosts = new Hosts(
            lookup,
            new Loop(new SourceContext(
                    time::nanoTime, scheduler, new Random(42), new ClusterContext("shield", "cluster.local"))),
            changes::incrementAndGet);

    @AfterEach
    void close() throws InterruptedException {
        gate.countDown();
        lookup.close();
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(20));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    private List<String> addresses(String name) throws UnknownHostException {
        threads.add(Thread.currentThread());
        lookups.incrementAndGet();
        if (name.startsWith("slow")) {
            try {
                assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new UnknownHostException("interrupted");
            }
        }
        List<String> found = dns.get(name);
        if (found == null) {
            throw new UnknownHostException(name);
        }
        return found;
    }

    /** Waits until an answer was handed over, and takes it. */
    private void hear() {
        try {
            assertThat(scheduler.handedOver.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        time.runDue();
    }

    /** Lets so much time pass, after which the name is looked up, and not before. */
    private void lookedUpAfter(Duration wait) {
        int before = lookups.get();
        time.advance(wait.minusMillis(1));
        assertThat(lookups).hasValue(before);
        time.advance(Duration.ofMillis(1));
        hear();
        assertThat(lookups).hasValue(before + 1);
    }

    private static Knowledge<List<String>> known(String... addresses) {
        return new Knowledge.Known<>(List.of(addresses));
    }

    @Test
    void areLookedUpEvery30SecondsOnADaemonThread() {
        dns.put(NAME, List.of("192.0.2.1"));
        assertThat(hosts.of(NAME)).isEqualTo(new Knowledge.Pending<>());
        hear();
        assertThat(hosts.of(NAME)).isEqualTo(known("192.0.2.1"));
        assertThat(threads).singleElement().matches(Thread::isDaemon);
        dns.put(NAME, List.of("192.0.2.2", "192.0.2.3"));
        lookedUpAfter(Duration.ofSeconds(30));
        assertThat(hosts.of(NAME)).isEqualTo(known("192.0.2.2", "192.0.2.3"));
        lookedUpAfter(Duration.ofSeconds(30));
        assertThat(changes).hasValue(2);
    }

    @Test
    void keepWhatWasFoundWhileNothingElseIs() {
        dns.put(NAME, List.of("192.0.2.1"));
        hosts.of(NAME);
        hear();
        dns.clear();
        lookedUpAfter(Duration.ofSeconds(30));
        lookedUpAfter(Duration.ofSeconds(30));
        assertThat(hosts.of(NAME)).isEqualTo(known("192.0.2.1"));
        assertThat(changes).hasValue(1);
    }

    @Test
    void areTriedAgainSoonerWhileNothingIsKnown() {
        hosts.of(NAME);
        hear();
        assertThat(hosts.of(NAME))
                .isEqualTo(new Knowledge.Lost<>(NAME + ": java.net.UnknownHostException: " + NAME
                        + " (expected: a name that can be looked up)"));
        dns.put(NAME, List.of("192.0.2.1"));
        lookedUpAfter(Duration.ofSeconds(5));
        assertThat(hosts.of(NAME)).isEqualTo(known("192.0.2.1"));
    }

    @Test
    void areWaitedForFor10SecondsAndTakenEvenLater() {
        dns.put("slow.example.com", List.of("192.0.2.1"));
        hosts.of("slow.example.com");
        time.advance(Duration.ofMillis(9999));
        assertThat(hosts.of("slow.example.com")).isEqualTo(new Knowledge.Pending<>());
        time.advance(Duration.ofMillis(1));
        assertThat(hosts.of("slow.example.com"))
                .isEqualTo(new Knowledge.Lost<>(
                        "slow.example.com: no answer in 10 s (expected: a name that can be looked up)"));
        time.advance(Duration.ofMinutes(5));
        gate.countDown();
        hear();
        assertThat(hosts.of("slow.example.com")).isEqualTo(known("192.0.2.1"));
        assertThat(lookups).hasValue(1);
    }

    @Test
    void areNoLongerLookedUpWhenNobodyAsks() {
        dns.put(NAME, List.of("192.0.2.1"));
        hosts.of(NAME);
        hear();
        hosts.of(NAME);
        hosts.dropUnasked();
        assertThat(time.pending()).isOne();
        hosts.dropUnasked();
        assertThat(time.pending()).isZero();
        hosts.of(NAME);
        hosts.close();
        hear();
        assertThat(time.pending()).isZero();
        assertThat(changes).hasValue(1);
    }

    @Test
    void areRefusedWhereThereAreTooMany() {
        for (int i = 0; i < 100; i++) {
            assertThat(hosts.of("n" + i + ".example.com")).isEqualTo(new Knowledge.Pending<>());
        }
        assertThat(hosts.of("one-more.example.com"))
                .isEqualTo(new Knowledge.Lost<>("names: more than 100 (expected: 100 at most)"));
    }

    @Test
    void areAskedOfTheSystemAsTheyAre() {
        // RFC 6761: nobody has such a name.
        assertThatThrownBy(() -> HostLookup.SYSTEM.addresses("nowhere.invalid."))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("nowhere.invalid.");
    }
}
