package io.serviceresolver;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.check.ServiceChecks;

/** The figures of one handle, read from it. */
record ViewStats(ServiceView view) implements ServiceStats {

    @Override
    public ServiceState state() {
        return view.feed().state(view);
    }

    @Override
    public int known() {
        return view.known().size();
    }

    @Override
    public int ready() {
        return view.known().readyCount();
    }

    @Override
    public int pickable() {
        return view.pickable().size();
    }

    @Override
    public int inFlight() {
        return view.feed().hosts().stream().mapToInt(Host::inFlight).sum();
    }

    @Override
    public long completed(Outcome outcome) {
        return view.feed().ledger().outcomes().count(outcome);
    }

    @Override
    public long retries() {
        return view.feed().calls().retries().made();
    }

    @Override
    public long hedges() {
        return view.feed().calls().retries().hedges();
    }

    @Override
    public long retriesRefused() {
        return view.feed().calls().retries().refusals();
    }

    @Override
    public int ejected() {
        return (int) view.feed().hosts().stream()
                .filter(host -> host.health().isEjected())
                .count();
    }

    @Override
    public boolean isPanicking() {
        return view.plan().panic();
    }

    @Override
    public long ejections() {
        return view.feed().ledger().health().ejections();
    }

    @Override
    public int unhealthy() {
        return (int) checks().figure(ServiceChecks::unhealthy);
    }

    @Override
    public long checksPassed() {
        return checks().figure(ServiceChecks::passed);
    }

    @Override
    public long checksFailed() {
        return checks().figure(ServiceChecks::failed);
    }

    private FeedChecks checks() {
        return view.feed().ledger().health().checks();
    }
}
