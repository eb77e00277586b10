package io.serviceresolver;

import io.serviceresolver.check.CheckRunner;
import io.serviceresolver.check.EndpointCheck;
import io.serviceresolver.check.ServiceChecks;
import io.serviceresolver.endpoint.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The active checks of one service, if there are any: of the endpoints that could be picked, while it is followed. */
final class FeedChecks {

    /** Null where nothing is checked. */
    private final @Nullable ServiceChecks checks;

    /** The endpoints that are checked. Event loop only. */
    private final Map<Host, EndpointCheck> checked = new HashMap<>();

    /** Event loop only. */
    private boolean active;

    /**
     * Nothing is checked yet.
     *
     * @param runner makes the checks
     * @param target the service
     * @param onChange has all handles choose anew
     */
    FeedChecks(CheckRunner runner, Target target, Runnable onChange) {
        this.checks = runner.service(target, onChange).orElse(null);
    }

    /** A figure, zero where nothing is checked. */
    long figure(ToLongFunction<ServiceChecks> of) {
        return checks == null ? 0 : of.applyAsLong(checks);
    }

    // All below runs on the event loop.

    void start() {
        active = true;
    }

    void stop() {
        active = false;
        checked.values().forEach(EndpointCheck::stop);
        checked.clear();
    }

    /** Whether there are checks. */
    boolean isEnabled() {
        return checks != null;
    }

    /** Whether checks say that a host is not to be used; one that came a moment ago is taken for what it is at first. */
    boolean isUnhealthy(Host host) {
        if (checks == null) {
            return false;
        }
        EndpointCheck check = checked.get(host);
        return check == null ? checks.isUnhealthyAtFirst() : check.isUnhealthy();
    }

    /** Why it is unhealthy. */
    String reason(Host host) {
        EndpointCheck check = checked.get(host);
        return check == null ? "not checked yet" : check.reason();
    }

    /** Checks what any of the handles could pick if all were healthy, and nothing else. */
    void follow(List<ServiceView> views, HostTable table) {
        if (active && checks != null) {
            check(checks, views.stream().flatMap(view -> view.eligible(table).stream()));
        }
    }

    private void check(ServiceChecks by, Stream<Host> hosts) {
        Set<Host> wanted = new LinkedHashSet<>(hosts.toList());
        checked.entrySet().removeIf(one -> {
            boolean gone = !wanted.contains(one.getKey());
            if (gone) {
                one.getValue().stop();
            }
            return gone;
        });
        List<EndpointCheck> added = new ArrayList<>();
        for (Host host : wanted) {
            checked.computeIfAbsent(host, is -> {
                EndpointCheck check = by.add(is::endpoint);
                added.add(check);
                return check;
            });
        }
        // How often each is checked depends on how many they are.
        added.forEach(EndpointCheck::start);
    }
}
