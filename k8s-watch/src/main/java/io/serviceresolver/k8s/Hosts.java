package io.serviceresolver.k8s;

import io.serviceresolver.text.Printable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of the names that one Service leads to, looked up anew every 30 seconds while they are asked for. What
 * was found once holds until something else is found. Used by the scheduler's thread.
 */
final class Hosts {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);
    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int MOST = 100;

    private final HostLookup lookup;
    private final Loop loop;
    private final Runnable onChange;
    private final Map<String, Host> hosts = new HashMap<>();

    Hosts(HostLookup lookup, Loop loop, Runnable onChange) {
        this.lookup = lookup;
        this.loop = loop;
        this.onChange = onChange;
    }

    Knowledge<List<String>> of(String name) {
        Host host = hosts.get(name);
        if (host == null) {
            if (hosts.size() == MOST) {
                return new Knowledge.Lost<>("names: more than " + MOST + " (expected: " + MOST + " at most)");
            }
            host = new Host(name);
            hosts.put(name, host);
            host.ask();
        }
        host.asked = true;
        return host.known;
    }

    /** Drops the names that nobody has asked for since this was last called. */
    void dropUnasked() {
        hosts.values().removeIf(host -> {
            boolean asked = host.asked;
            host.asked = false;
            if (!asked) {
                host.close();
            }
            return !asked;
        });
    }

    void close() {
        hosts.values().forEach(Host::close);
        hosts.clear();
    }

    /** One name. */
    private final class Host {

        private final String name;
        private Knowledge<List<String>> known = new Knowledge.Pending<>();
        private boolean asked;
        private boolean closed;
        private @Nullable Future<?> timer;

        Host(String name) {
            this.name = name;
        }

        void ask() {
            timer = loop.after(DEADLINE, () -> failed("no answer in " + DEADLINE.toSeconds() + " s"));
            lookup.ask(name, answer -> loop.run(() -> answered(answer)));
        }

        void close() {
            closed = true;
            cancel();
        }

        private void cancel() {
            if (timer != null) {
                timer.cancel(false);
            }
        }

        private void answered(Knowledge<List<String>> answer) {
            if (closed) {
                return;
            }
            cancel();
            if (answer instanceof Knowledge.Lost<List<String>> lost) {
                failed(lost.reason());
            } else {
                know(answer);
            }
            timer = loop.after(known instanceof Knowledge.Known ? REFRESH : RETRY, this::ask);
        }

        private void failed(String reason) {
            log.debug("{}: {}", Printable.of(name), reason);
            if (!(known instanceof Knowledge.Known)) {
                know(new Knowledge.Lost<>(
                        Printable.of(name) + ": " + reason + " (expected: a name that can be looked up)"));
            }
        }

        private void know(Knowledge<List<String>> now) {
            if (!now.equals(known)) {
                known = now;
                onChange.run();
            }
        }
    }
}
