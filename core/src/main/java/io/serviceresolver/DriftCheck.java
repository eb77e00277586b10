package io.serviceresolver;

import io.serviceresolver.endpoint.Changes;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.endpoint.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Compares what is in use of a source with what it is told when it is asked anew. Confined to the event loop. */
final class DriftCheck {

    private final Target target;
    private final SourceSlot slot;

    DriftCheck(Target target, SourceSlot slot) {
        this.target = target;
        this.slot = slot;
    }

    CompletableFuture<Drift> run(Executor loop) {
        return slot.fetch()
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(explained(failure)))
                .thenApplyAsync(this::compare, loop);
    }

    private RuntimeException explained(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String source = target + ": source " + slot.name();
        return cause instanceof UnsupportedOperationException
                ? new UnsupportedOperationException(
                        source + " cannot be asked anew (expected: one that can, such as the watch)", cause)
                : new IllegalStateException(source + " could not be asked anew: " + cause.getMessage(), cause);
    }

    private Drift compare(EndpointSet fetched) {
        EndpointSet here = slot.kept();
        if (here == null) {
            throw new IllegalStateException(target + ": source " + slot.name() + " is no longer in use");
        }
        List<Endpoint> there = fetched.endpoints().stream()
                .filter(endpoint -> slot.refusal(endpoint).isEmpty())
                .toList();
        Changes changes = here.next(there).changesSince(here);
        List<Drift.Change> changed = changes.updated().stream()
                .map(now -> new Drift.Change(here.find(now.id()).orElseThrow(), now))
                .toList();
        return new Drift(
                target,
                slot.name(),
                here.size(),
                changes.added(),
                changes.removed(),
                changed,
                differences(here.traits(), fetched.traits()));
    }

    private static List<String> differences(ServiceTraits here, ServiceTraits there) {
        List<String> differences = new ArrayList<>();
        if (here.internalTrafficPolicy() != there.internalTrafficPolicy()) {
            differences.add("internalTrafficPolicy: " + EndpointText.of(here.internalTrafficPolicy()) + " -> "
                    + EndpointText.of(there.internalTrafficPolicy()));
        }
        if (!here.sessionAffinity().equals(there.sessionAffinity())) {
            differences.add("sessionAffinity: " + EndpointText.affinity(here.sessionAffinity()) + " -> "
                    + EndpointText.affinity(there.sessionAffinity()));
        }
        return differences;
    }
}
