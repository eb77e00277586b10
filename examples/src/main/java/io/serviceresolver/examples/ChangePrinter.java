package io.serviceresolver.examples;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceState;
import io.serviceresolver.endpoint.Changes;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.text.Printable;
import java.util.function.BiConsumer;

/** Prints a line for each endpoint that comes, changes or goes, and for each change of state. Thread-safe. */
final class ChangePrinter {

    private final Console console;
    private final ServiceHandle service;

    /** The set that was printed last. Guarded by the lock of this object, as is the next one. */
    private EndpointSet printed = EndpointSet.EMPTY;

    private String printedState = "";

    ChangePrinter(Console console, ServiceHandle service) {
        this.console = console;
        this.service = service;
    }

    /** Prints how the state is, unless that was printed, or the endpoints that it comes from are still to be. */
    synchronized void state() {
        ServiceState state = service.state();
        if (service.endpoints() != printed) {
            return;
        }
        String shown =
                state.status() + state.source().map(source -> " from " + source).orElse("");
        if (!shown.equals(printedState)) {
            printedState = shown;
            console.line("  %s: %s", shown, state.detail());
        }
    }

    /** Prints what changed of the endpoints since the last time. */
    synchronized void endpoints(EndpointSet now) {
        Changes changes = now.changesSince(printed);
        EndpointSet before = printed;
        printed = now;
        BiConsumer<String, Endpoint> line = (sign, endpoint) ->
                console.line("%s %-40s %s", sign, Printable.of(endpoint.toString()), words(endpoint.conditions()));
        changes.added().forEach(endpoint -> line.accept("+", endpoint));
        changes.updated().forEach(endpoint -> line.accept("~", endpoint));
        changes.removed().forEach(endpoint -> line.accept("-", endpoint));
        if (now.readyCount() != before.readyCount() || now.size() != before.size()) {
            console.line("  %d of %d endpoints ready", now.readyCount(), now.size());
        }
        state();
    }

    private static String words(Conditions conditions) {
        if (conditions.terminating()) {
            return conditions.serving() ? "terminating, still serving" : "terminating";
        }
        return conditions.ready() ? "ready" : "not ready";
    }
}
