package io.serviceresolver.check;

import io.serviceresolver.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A probe that notes whom it was asked about, and answers when a test tells it to, or at once. For one thread. */
final class ScriptedProbe implements Probe {

    private final LongSupplier now;

    /** When each endpoint was asked. */
    final Map<Endpoint, List<Long>> asked = new LinkedHashMap<>();

    /** What has not been answered yet. */
    final List<CompletableFuture<ProbeResult>> open = new ArrayList<>();

    /** What all are answered at once; null to leave them open. */
    @Nullable
    ProbeResult answer = ProbeResult.passed();

    int mostOpen;

    ScriptedProbe(LongSupplier now) {
        this.now = now;
    }

    @Override
    public CompletionStage<ProbeResult> probe(Endpoint endpoint) {
        asked.computeIfAbsent(endpoint, key -> new ArrayList<>()).add(now.getAsLong());
        if (answer != null) {
            return CompletableFuture.completedFuture(answer);
        }
        CompletableFuture<ProbeResult> future = new CompletableFuture<>();
        open.removeIf(CompletableFuture::isDone);
        open.add(future);
        mostOpen = Math.max(mostOpen, open.size());
        return future;
    }

    int times(Endpoint endpoint) {
        return asked.getOrDefault(endpoint, List.of()).size();
    }

    int times() {
        return asked.values().stream().mapToInt(List::size).sum();
    }
}
