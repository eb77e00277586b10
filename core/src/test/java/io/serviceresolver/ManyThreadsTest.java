package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.health.OutlierPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads, and a resolver on its own event loop. */
class ManyThreadsTest {

    private static final int THREADS = 3;
    private static final int PODS = 8;

    /** The balancers that come with the library. */
    enum Kind {
        LEAST_RESPONSE_TIME,
        ROUND_ROBIN,
        RANDOM,
        LEAST_CONNECTIONS,
        PEAK_EWMA;

        BalancerFactory factory() {
            return switch (this) {
                case LEAST_RESPONSE_TIME -> Balancers.leastResponseTime();
                case ROUND_ROBIN -> Balancers.roundRobin();
                case RANDOM -> Balancers.random();
                case LEAST_CONNECTIONS -> Balancers.leastConnections();
                case PEAK_EWMA -> Balancers.peakEwma();
            };
        }
    }

    private final ScriptedSource source = new ScriptedSource("watch");
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private ServiceResolver resolver(BalancerFactory balancer) {
        Duration longTime = Duration.ofHours(1);
        return ServiceResolver.builder()
                .source(source)
                .cluster(new ClusterContext("shield", "cluster.local"))
                .balancer(balancer)
                .outliers(OutlierPolicy.standard().withEjections(longTime, longTime))
                .build();
    }

    /** A handle that has endpoints. */
    private ServiceView ready(ServiceResolver resolver) throws Exception {
        ServiceView skippy = (ServiceView) resolver.service("skippy");
        EngineTest.get(skippy.explain());
        source.found(generation(0, PODS));
        skippy.awaitReady(Duration.ofSeconds(30));
        return skippy;
    }

    /** All endpoints of a set bear its number. */
    private static Endpoint[] generation(int number, int size) {
        return IntStream.rangeClosed(1, size)
                .mapToObj(n -> pod(n, Map.of("generation", "" + number)))
                .toArray(Endpoint[]::new);
    }

    private <T> List<Future<T>> start(Callable<T> task) {
        return IntStream.range(0, THREADS).mapToObj(t -> threads.submit(task)).toList();
    }

    private static <T> List<T> join(List<Future<T>> tasks) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> task : tasks) {
            results.add(task.get(30, TimeUnit.SECONDS));
        }
        return results;
    }

    @ParameterizedTest
    @EnumSource
    void countsComeToRestWhateverWasUpdatedAndEjectedMeanwhile(Kind kind) throws Exception {
        Set<Candidate> seen = ConcurrentHashMap.newKeySet();
        try (ServiceResolver resolver = resolver(kind.factory())) {
            ServiceView skippy = ready(resolver);
            CountDownLatch running = new CountDownLatch(THREADS);
            List<Future<Void>> callers = start(() -> {
                try {
                    call(skippy, seen, new SplittableRandom(running.getCount()));
                } finally {
                    running.countDown();
                }
                return null;
            });
            SplittableRandom random = new SplittableRandom(7);
            for (int i = 1; running.getCount() > 0; i++) {
                source.found(generation(i, 1 + random.nextInt(PODS)));
                EngineTest.get(skippy.explain());
            }
            join(callers);
            source.found(generation(0, PODS));
            EngineTest.get(skippy.explain());
            assertThat(seen).isNotEmpty().allMatch(one -> one.inFlight() == 0);
            assertThat(skippy.stats().inFlight()).isZero();
            if (kind == Kind.LEAST_CONNECTIONS) {
                fillsEvenly(skippy);
            }
        }
    }

    private static void call(ServiceView skippy, Set<Candidate> seen, SplittableRandom random) {
        List<Candidate> calls = new ArrayList<>();
        long version = 0;
        for (int i = 0; i < 100_000; i++) {
            if (calls.size() < 10 && random.nextBoolean()) {
                Candidate begun = skippy.begin();
                seen.add(begun);
                assertThat(begun.endpoint().port() + begun.weight()).isEqualTo(8081);
                calls.add(begun);
            } else if (!calls.isEmpty()) {
                boolean fails = random.nextInt(2_000) == 0;
                calls.remove(random.nextInt(calls.size()))
                        .end(fails ? Outcome.CONNECT_FAILED : Outcome.SUCCESS, 1_000_000);
            }
            EndpointSet set = skippy.endpoints();
            if (set.version() < version || (i % 50 == 0 && isTorn(set))) {
                throw new AssertionError("step " + i + ": " + set + " after version " + version);
            }
            version = set.version();
        }
        calls.forEach(one -> one.end(Outcome.SUCCESS, 1_000_000));
    }

    private static boolean isTorn(EndpointSet set) {
        return set.endpoints().stream().map(Endpoint::labels).distinct().count() != 1;
    }

    /** The order by which calls are placed is that of the counts. */
    private static void fillsEvenly(ServiceView skippy) {
        for (int i = 0; i < PODS * 5; i++) {
            int least =
                    skippy.pickable().stream().mapToInt(Host::inFlight).min().orElseThrow();
            assertThat(skippy.begin().inFlight()).isEqualTo(least + 1);
        }
    }

    @Test
    void whoeverPicksWhileTheResolverIsClosedIsToldSo() throws Exception {
        for (int i = 0; i < 100; i++) {
            ServiceResolver resolver = resolver(Balancers.roundRobin());
            ServiceView skippy = ready(resolver);
            CountDownLatch picking = new CountDownLatch(THREADS);
            List<Future<RuntimeException>> callers = start(() -> pickToTheEnd(skippy, picking));
            assertThat(picking.await(30, TimeUnit.SECONDS)).isTrue();
            resolver.close();
            assertThat(join(callers))
                    .allSatisfy(end -> assertThat(end)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("skippy.shield: the resolver is closed"));
        }
    }

    private static RuntimeException pickToTheEnd(ServiceView skippy, CountDownLatch picking) {
        try {
            while (true) {
                skippy.acquire().success();
                skippy.resolve();
                picking.countDown();
            }
        } catch (RuntimeException end) {
            return end;
        }
    }
}
