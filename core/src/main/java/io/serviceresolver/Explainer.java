package io.serviceresolver;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointId;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.filter.EndpointFilter;
import io.serviceresolver.source.KnownEndpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Follows each endpoint that a source knows of through all that may leave it out. Confined to the event loop. */
final class Explainer {

    private static final String SOURCE = "source";
    private static final String ADDRESS_POLICY = "address policy";
    private static final String SET = "set";

    private final Map<EndpointId, Host> hosts;
    private final List<Stage> stages = new ArrayList<>();
    private final Map<EndpointId, String> tiers = new HashMap<>();

    /** What the filters said of all endpoints together. */
    private final List<String> notes = new ArrayList<>();

    /** The endpoints that went through all stages so far. */
    private List<Endpoint> left;

    /** A filter, as it worked on a set. */
    private record Stage(String name, Set<EndpointId> passed, Function<Endpoint, String> reason) {}

    /** Explains what a handle picks from. */
    static Explanation explain(ServiceView view, ServiceFeed feed, HandleChoice choice) {
        SourceChain chain = feed.chain();
        EndpointSet all = chain.set();
        Explainer explainer = new Explainer(all, feed.table());
        if (!view.part().isWhole()) {
            EndpointFilter subset = view.part().filter();
            Optional<String> lack = view.part().lackOfLabels(all);
            explainer.stage(
                    subset.name(), view.known().endpoints(), endpoint -> lack.orElseGet(() -> subset.reason(endpoint)));
        }
        choice.filters(all.traits()).forEach(explainer::stage);
        RoutingPlan plan = choice.plan(view.known(), feed.table());
        choice.stages(view.known(), feed.table(), plan).forEach(explainer::stage);
        explainer.notes.addAll(plan.notes());
        plan.tiers().forEach(explainer::tier);
        if (!choice.weights().note().isEmpty()) {
            explainer.notes.add(choice.weights().note());
        }
        feed.twins().forEach(twin -> explainer.notes.add(apart(twin)));
        SourceSlot slot = chain.explained();
        return new Explanation(
                view.target(),
                view.part().selector(),
                feed.state(view),
                choice.place(),
                all.traits(),
                explainer.notes,
                slot == null ? List.of() : explainer.explain(slot));
    }

    /** Which calls to the same service this handle knows nothing of. */
    private static String apart(ServiceFeed twin) {
        ServiceStats stats = twin.root().stats();
        long ended = Arrays.stream(Outcome.values()).mapToLong(stats::completed).sum();
        return "calls to " + twin.name() + " are counted apart: " + ended + " ended, " + stats.inFlight()
                + " in flight, " + stats.ejected() + " endpoints left alone";
    }

    private Explainer(EndpointSet set, HostTable table) {
        this.hosts = table.byId();
        this.left = set.endpoints();
        stage(SET, left, endpoint -> "the set in use does not have it yet");
    }

    /** What a filter leaves by now, however it did that. */
    private void stage(String name, List<Endpoint> passed, Function<Endpoint, String> reason) {
        stages.add(new Stage(name, passed.stream().map(Endpoint::id).collect(Collectors.toSet()), reason));
        left = passed;
    }

    private void stage(RoutingPlan.Stage stage) {
        stage(
                stage.name(),
                stage.passed().stream().map(Host::endpoint).toList(),
                endpoint -> stage.reason().apply(Objects.requireNonNull(hosts.get(endpoint.id()))));
    }

    private void tier(Tier tier) {
        if (tier.share() < 1) {
            tier.hosts().forEach(host -> tiers.put(host.endpoint().id(), tier.toString()));
        }
    }

    private void stage(EndpointFilter filter) {
        String note = filter.note(left);
        if (!note.isEmpty()) {
            notes.add(note);
        }
        stage(filter.name(), filter.apply(left), filter::reason);
    }

    private List<ExplainedEndpoint> explain(SourceSlot slot) {
        return slot.known().stream().map(known -> explain(slot, known)).toList();
    }

    private ExplainedEndpoint explain(SourceSlot slot, KnownEndpoint known) {
        return new ExplainedEndpoint(
                known.endpoint(),
                slot.name(),
                known.object(),
                known.resourceVersion(),
                known.age(),
                weight(known.endpoint()),
                tiers.getOrDefault(known.endpoint().id(), ""),
                verdicts(slot, known));
    }

    private double weight(Endpoint endpoint) {
        Host host = hosts.get(endpoint.id());
        return host == null ? 1 : host.weight();
    }

    private List<Verdict> verdicts(SourceSlot slot, KnownEndpoint known) {
        if (known.leftOut().isPresent()) {
            return List.of(Verdict.leftOut(SOURCE, known.leftOut().get()));
        }
        List<Verdict> verdicts = new ArrayList<>(List.of(Verdict.passed(SOURCE)));
        Optional<String> refusal = slot.refusal(known.endpoint());
        if (refusal.isPresent()) {
            verdicts.add(Verdict.leftOut(ADDRESS_POLICY, refusal.get()));
            return verdicts;
        }
        verdicts.add(Verdict.passed(ADDRESS_POLICY));
        for (Stage stage : stages) {
            if (!stage.passed().contains(known.endpoint().id())) {
                verdicts.add(Verdict.leftOut(stage.name(), stage.reason().apply(known.endpoint())));
                return verdicts;
            }
            verdicts.add(Verdict.passed(stage.name()));
        }
        return verdicts;
    }
}
