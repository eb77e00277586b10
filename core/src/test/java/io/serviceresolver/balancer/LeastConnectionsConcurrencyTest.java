package io.serviceresolver.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeastConnectionsConcurrencyTest {

    private static final int THREADS = 4;
    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    private final FakeService service = new FakeService();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 300})
    void isExactAgainWhenManyThreadsAndUpdatesCameToRest(int count) throws Exception {
        List<FakeCandidate> all = service.candidates(count);
        all.forEach(one -> one.weight = 1 + one.index % 2);
        Balancer balancer = service.balancer(Balancers.leastConnections(), RANDOM);
        Picker other = service.balancer(Balancers.leastConnections(), RANDOM).update(all.subList(0, count / 2));
        AtomicReference<Picker> picker = new AtomicReference<>(balancer.update(all));
        CountDownLatch running = new CountDownLatch(THREADS);
        List<Thread> threads = start(t -> {
            callAtRandom(t == 0 ? new AtomicReference<>(other) : picker, new SplittableRandom(t));
            running.countDown();
        });
        SplittableRandom random = new SplittableRandom(count);
        while (running.getCount() > 0) {
            picker.set(balancer.update(all.subList(0, 1 + random.nextInt(count))));
        }
        join(threads);
        assertThat(all).allSatisfy(one -> assertThat(one.inFlight()).isZero());
        picker.set(balancer.update(all));
        fillsEvenly(all, picker.get());
    }

    /** From rest, and by one thread: each choice has to be one of the least loaded. */
    private static void fillsEvenly(List<FakeCandidate> all, Picker picker) {
        for (int i = 0; i < all.size() * 10; i++) {
            FakeCandidate chosen = (FakeCandidate) picker.begin();
            LeastConnectionsTest.assertLeast(chosen, chosen.inFlight() - 1, all);
        }
    }

    private static void callAtRandom(AtomicReference<Picker> picker, SplittableRandom random) {
        Deque<Candidate> calls = new ArrayDeque<>();
        for (int i = 0; i < 30_000; i++) {
            if (calls.isEmpty() || random.nextInt(100) < 51 - calls.size() / 4) {
                calls.add(picker.get().begin());
            } else {
                ((FakeCandidate) calls.remove()).end();
            }
        }
        calls.forEach(call -> ((FakeCandidate) call).end());
    }

    @Test
    void aThreadThatLosesItsProcessorInsideHoldsUpNobody() throws Exception {
        List<FakeCandidate> all = service.candidates(10);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Balancer balancer = service.balancer(Balancers.leastConnections(), RANDOM);
        // Told of a call while the one that begins it is inside.
        service.balancer(random -> new StoppingBalancer(inside, goOn), RANDOM);
        Picker picker = balancer.update(all);
        Thread stopped = new Thread(picker::begin);
        stopped.start();
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
        List<Candidate> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            calls.add(picker.begin());
            assertThat(picker.pick()).isNotNull();
        }
        balancer.update(all.subList(5, 10));
        // Not exact now, but far from random: of two each time the less loaded.
        assertThat(all).allSatisfy(one -> assertThat(one.inFlight()).isBetween(40, 60));
        calls.forEach(call -> ((FakeCandidate) call).end());
        goOn.countDown();
        stopped.join();
        fillsEvenly(all.subList(5, 10), picker);
    }

    @Test
    void fillsAllEvenlyThoughManyThreadsBeginAtOnce() throws Exception {
        int perThread = 5_000;
        List<FakeCandidate> all = service.candidates(8);
        Picker picker = service.balancer(Balancers.leastConnections(), RANDOM).update(all);
        join(start(t -> {
            for (int i = 0; i < perThread; i++) {
                picker.begin();
            }
        }));
        assertThat(all.stream().mapToInt(FakeCandidate::inFlight).sum()).isEqualTo(THREADS * perThread);
        fillsEvenly(all, picker);
    }

    private List<Thread> start(IntConsumer task) {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int number = t;
            Thread thread = new Thread(() -> task.accept(number));
            thread.setUncaughtExceptionHandler((where, e) -> failure.set(e));
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure).hasNullValue();
    }
}
