package io.serviceresolver.benchmarks;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** The least that any implementation does. */
final class Floors {

    private Floors() {}

    private static Server[] servers(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Server()).toArray(Server[]::new);
    }

    /** An array and a counter. */
    static Subject roundRobin(int count) {
        return new RoundRobin(servers(count));
    }

    /** Two random reads and a compare, a counter up and down. */
    static Subject twoChoices(int count) {
        return new TwoChoices(servers(count));
    }

    private static final class Server extends AtomicInteger {

        private static final long serialVersionUID = 1L;
    }

    private static final class RoundRobin implements Subject {

        private final AtomicLong cursor = new AtomicLong();
        private volatile Server[] all;

        RoundRobin(Server[] all) {
            this.all = all;
        }

        @Override
        public Object pick() {
            Server[] now = all;
            return now[(int) (cursor.getAndIncrement() % now.length)];
        }

        @Override
        public void update() {
            Server[] next = all.clone();
            next[0] = new Server();
            all = next;
        }
    }

    private static final class TwoChoices implements Subject {

        private volatile Server[] all;

        TwoChoices(Server[] all) {
            this.all = all;
        }

        @Override
        public Object pick() {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            Server[] now = all;
            Server one = now[random.nextInt(now.length)];
            Server other = now[random.nextInt(now.length)];
            return other.get() < one.get() ? other : one;
        }

        @Override
        public Object begin() {
            Server chosen = (Server) pick();
            chosen.incrementAndGet();
            return chosen;
        }

        @Override
        public void end(Object call) {
            ((Server) call).decrementAndGet();
        }

        @Override
        public void update() {
            Server[] next = all.clone();
            next[0] = new Server();
            all = next;
        }
    }
}
