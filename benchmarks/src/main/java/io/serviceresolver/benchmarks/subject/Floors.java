package io.serviceresolver.benchmarks.subject;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** The least that any implementation does: an array of servers, replaced as a whole, and a way to choose. */
abstract class Floors implements Subject {

    /** Written by the thread that updates, read by all. */
    private volatile Server[] all;

    private int replaced;

    private Floors(int count) {
        all = IntStream.range(0, count).mapToObj(i -> new Server()).toArray(Server[]::new);
    }

    final Server[] all() {
        return all;
    }

    @Override
    public final void update() {
        Server[] next = all.clone();
        next[replaced++ % next.length] = new Server();
        all = next;
    }

    /** An array and a counter. */
    static Subject roundRobin(int count) {
        return new RoundRobin(count);
    }

    /** An array and a counter for each thread. */
    static Subject striped(int count) {
        return new Striped(count);
    }

    /** One random read. */
    static Subject random(int count) {
        return new Random(count);
    }

    /** Two random reads and a compare; a counter up and down for a call. */
    static Subject twoChoices(int count) {
        return new TwoChoices(count);
    }

    private static final class Server extends AtomicInteger {

        private static final long serialVersionUID = 1L;
    }

    private static final class RoundRobin extends Floors {

        private final AtomicLong cursor = new AtomicLong();

        RoundRobin(int count) {
            super(count);
        }

        @Override
        public Object pick() {
            Server[] now = all();
            return now[(int) (cursor.getAndIncrement() % now.length)];
        }
    }

    private static final class Striped extends Floors {

        private static final class Cursor {

            private int next;
        }

        private final ThreadLocal<Cursor> cursor = ThreadLocal.withInitial(Cursor::new);

        Striped(int count) {
            super(count);
        }

        @Override
        public Object pick() {
            Server[] now = all();
            Cursor mine = cursor.get();
            int place = mine.next < now.length ? mine.next : 0;
            mine.next = place + 1;
            return now[place];
        }
    }

    private static final class Random extends Floors {

        Random(int count) {
            super(count);
        }

        @Override
        public Object pick() {
            Server[] now = all();
            return now[ThreadLocalRandom.current().nextInt(now.length)];
        }
    }

    private static final class TwoChoices extends Floors {

        TwoChoices(int count) {
            super(count);
        }

        @Override
        public Object pick() {
            return choose();
        }

        private Server choose() {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            Server[] now = all();
            Server one = now[random.nextInt(now.length)];
            Server other = now[random.nextInt(now.length)];
            return other.get() < one.get() ? other : one;
        }

        @Override
        public Object begin() {
            Server chosen = choose();
            chosen.incrementAndGet();
            return chosen;
        }

        @Override
        public void end(Object call) {
            ((Server) call).decrementAndGet();
        }
    }
}
