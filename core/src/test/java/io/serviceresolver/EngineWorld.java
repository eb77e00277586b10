package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.VirtualTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/** A resolver whose event loop is one more actor: each of its tasks is a step. Callbacks belong to the step that causes them. */
final class EngineWorld implements Interleavings.World {

    private final VirtualTime time = new VirtualTime();
    private final ScriptedSource source = new ScriptedSource("watch");
    private final Deque<Runnable> loop = new ArrayDeque<>();
    private final ServiceResolver resolver;
    final ServiceView skippy;
    private final List<Deque<Runnable>> actors = new ArrayList<>();
    private final List<WorldCall> calls = new ArrayList<>();
    private final Set<Host> hosts = Collections.newSetFromMap(new IdentityHashMap<>());
    private final StringBuilder trace = new StringBuilder();
    private Endpoint[] last = {};
    private long version;
    private boolean closed;

    EngineWorld() {
        resolver = ServiceResolver.builder()
                .source(source)
                .cluster(new ClusterContext("shield", "cluster.local"))
                .random(new SplittableRandom(1))
                .time(time::nanoTime, stepwise())
                .build();
        skippy = (ServiceView) resolver.service("skippy");
        drain();
    }

    /** What is to run at once waits to be stepped to; what is to run later is a timer of virtual time. */
    private ScheduledExecutorService stepwise() {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ScheduledExecutorService.class}, (proxy, method, args) -> {
                    if (method.getName().equals("execute")) {
                        loop.add((Runnable) args[0]);
                        return null;
                    }
                    try {
                        return method.invoke(time, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private WorldCall call(ServiceView view) {
        return new WorldCall(view, loop, calls);
    }

    EngineWorld actor(Runnable... steps) {
        actors.add(new ArrayDeque<>(List.of(steps)));
        return this;
    }

    /** Has the source say something before anything else happens. */
    EngineWorld given(Endpoint... set) {
        found(set).run();
        drain();
        return this;
    }

    /** Has calls to one fail, before anything else happens, until it is left alone. */
    EngineWorld ejected(Endpoint bad) {
        while (skippy.stats().ejected() == 0) {
            Lease lease = skippy.acquire();
            lease.complete(lease.endpoint().equals(bad) ? Outcome.CONNECT_FAILED : Outcome.SUCCESS);
            drain();
        }
        return this;
    }

    Runnable found(Endpoint... set) {
        return () -> {
            trace.append("found ").append(set.length).append("; ");
            last = set;
            source.found(set);
        };
    }

    /** The steps of a caller. */
    EngineWorld caller(Outcome outcome) {
        WorldCall[] made = new WorldCall[1];
        return actor(() -> made[0] = begin(skippy), () -> end(made[0], outcome));
    }

    /** The steps of a caller of a part. */
    EngineWorld partCaller(String selector, Outcome outcome) {
        WorldCall[] made = new WorldCall[1];
        return actor(() -> made[0] = begin((ServiceView) skippy.subset(selector)), () -> end(made[0], outcome));
    }

    /** Time passes until ejections for want of a connection are over, but no more. */
    EngineWorld clock() {
        return actor(() -> {
            trace.append("time; ");
            time.advance(Duration.ofMillis(1_200));
        });
    }

    EngineWorld closer() {
        return actor(this::close);
    }

    private WorldCall begin(ServiceView view) {
        trace.append("begin; ");
        WorldCall call = call(view);
        calls.add(call);
        return call;
    }

    private void end(WorldCall call, Outcome outcome) {
        trace.append(outcome).append("; ");
        call.end(outcome);
    }

    private void close() {
        trace.append("close; ");
        resolver.close();
        closed = true;
    }

    private Stream<Deque<Runnable>> able() {
        return Stream.concat(actors.stream(), Stream.of(loop)).filter(steps -> !steps.isEmpty());
    }

    @Override
    public int choices() {
        return (int) able().count();
    }

    @Override
    public void step(int choice) {
        Deque<Runnable> actor = able().skip(choice).findFirst().orElseThrow();
        if (actor == loop) {
            trace.append("loop; ");
        }
        run(actor.remove());
    }

    private void run(Runnable step) {
        step.run();
        calls.forEach(WorldCall::await);
        check();
    }

    private void check() {
        hosts.addAll(skippy.feed().hosts());
        int open = (int) calls.stream().filter(WorldCall::isInFlight).count();
        must(hosts.stream().allMatch(host -> host.inFlight() >= 0), "no count below zero");
        must(hosts.stream().mapToInt(Host::inFlight).sum() == open, "in flight is what was begun and not ended");
        must(skippy.stats().inFlight() == open, "so it is as reported");
        calls.forEach(WorldCall::check);
        if (!closed) {
            must(skippy.endpoints().version() >= version, "no version after a later one");
            version = skippy.endpoints().version();
        }
    }

    /** There are too many orders for anything slower. */
    static void must(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private void drain() {
        while (!loop.isEmpty()) {
            run(loop.remove());
        }
    }

    /** Ejections are over after that: those of this test last 2.4 seconds at most. */
    private void advance() {
        for (int i = 0; i < 2; i++) {
            drain();
            time.advance(Duration.ofSeconds(2));
        }
        drain();
    }

    /** Who is on trial is let back by a call that goes well. */
    private void letBack() {
        for (int i = 0; i <= last.length && skippy.stats().ejected() > 0; i++) {
            WorldCall call = call(skippy);
            calls.add(call);
            call.end(Outcome.SUCCESS);
            drain();
        }
    }

    @Override
    public void end() {
        calls.stream().filter(WorldCall::isInFlight).forEach(call -> end(call, Outcome.SUCCESS));
        drain();
        if (!closed) {
            assertThat(skippy.endpoints().endpoints()).containsExactlyInAnyOrder(last);
            advance();
            letBack();
            assertThat(skippy.stats().ejected()).as("ejected for ever").isZero();
            assertThat(skippy.stats().pickable()).isEqualTo(last.length);
            close();
        }
        drain();
        calls.stream().filter(WorldCall::isInFlight).forEach(call -> end(call, Outcome.SUCCESS));
        drain();
        WorldCall late = call(skippy);
        drain();
        late.await();
        assertThatThrownBy(late.begun()::join).hasRootCauseMessage("skippy.shield: the resolver is closed");
        assertThatThrownBy(() -> resolver.service("skippy")).isInstanceOf(IllegalStateException.class);
        assertThat(calls).as("a call that hangs").allMatch(WorldCall::isDone);
        assertThat(hosts).allMatch(host -> host.inFlight() == 0);
        assertThat(source.isAsked()).as("source").isFalse();
    }

    @Override
    public String trace() {
        return trace.toString();
    }
}
