package io.serviceresolver.source;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StaticSourceConcurrencyTest {

    private static final int WRITERS = 4;
    private static final int CHANGES = 2_000;

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);

    @AfterEach
    void stop() throws InterruptedException {
        writers.shutdownNow();
        scheduler.shutdownNow();
        assertThat(writers.awaitTermination(30, SECONDS)).isTrue();
        assertThat(scheduler.awaitTermination(30, SECONDS)).isTrue();
    }

    @Test
    void everyListenerHearsTheSameChangesInTheSameOrder()
            throws InterruptedException, ExecutionException, TimeoutException {
        StaticSource source = StaticSource.empty();
        ClusterContext cluster = new ClusterContext("shield", "cluster.local");
        SourceContext context = new SourceContext(System::nanoTime, scheduler, new Random(1), cluster);
        ServiceName name = ServiceName.parse("skippy", cluster);
        List<SourceAnswer> early = new ArrayList<>();
        List<SourceAnswer> late = new ArrayList<>();
        source.subscribe(name, context, early::add);

        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> done = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int address = writer + 1;
            done.add(writers.submit(() -> write(source, address, start)));
        }
        start.countDown();
        source.subscribe(name, context, late::add);
        for (Future<?> writer : done) {
            writer.get(30, SECONDS);
        }
        scheduler.submit(() -> {}).get(30, SECONDS);

        assertThat(early).hasSize(1 + WRITERS * CHANGES);
        assertThat(ports(early.subList(early.size() - late.size(), early.size())))
                .isEqualTo(ports(late));
        for (int writer = 1; writer <= WRITERS; writer++) {
            String address = "10.0.0." + writer;
            assertThat(endpoints(early).stream()
                            .filter(endpoint -> endpoint.address().equals(address))
                            .map(Endpoint::port))
                    .as(address)
                    .hasSize(CHANGES)
                    .isSorted();
        }
        assertThat(versions(early)).isSorted().doesNotHaveDuplicates();
    }

    private static Void write(StaticSource source, int address, CountDownLatch start) throws InterruptedException {
        start.await();
        for (int port = 1; port <= CHANGES; port++) {
            source.set("skippy", Endpoint.of("10.0.0." + address, port));
        }
        return null;
    }

    private static List<EndpointSet> sets(List<SourceAnswer> answers) {
        return answers.stream()
                .filter(SourceAnswer.Found.class::isInstance)
                .map(answer -> ((SourceAnswer.Found) answer).endpoints())
                .toList();
    }

    private static List<Long> versions(List<SourceAnswer> answers) {
        return sets(answers).stream().map(EndpointSet::version).toList();
    }

    private static List<Endpoint> endpoints(List<SourceAnswer> answers) {
        return sets(answers).stream().map(set -> set.endpoints().get(0)).toList();
    }

    private static List<String> ports(List<SourceAnswer> answers) {
        return answers.stream().map(SourceHarness::text).toList();
    }
}
