package io.serviceresolver;

import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.health.Trial;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the next call that begins to an endpoint that is on trial and waits for one; all others are chosen as ever. It is there
 * only while there is such an endpoint, so that nobody else pays for it. Immutable.
 */
final class TrialPicker implements Picker {

    private final Picker others;
    private final Host[] hosts;

    /** The trial of each: not that of its next ejection, whatever becomes of it meanwhile. */
    private final Trial[] trials;

    private TrialPicker(Picker others, List<Host> hosts, List<Trial> trials) {
        this.others = others;
        this.hosts = hosts.toArray(new Host[0]);
        this.trials = trials.toArray(new Trial[0]);
    }

    /**
     * What picks, with those that are on trial.
     *
     * @param others what picks among the others
     * @param onTrial those that may be on trial: those that are not any more are left out
     */
    static Picker of(Picker others, List<Host> onTrial) {
        List<Host> hosts = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (Host host : onTrial) {
            host.health().trial().ifPresent(trial -> {
                hosts.add(host);
                trials.add(trial);
            });
        }
        return hosts.isEmpty() ? others : new TrialPicker(others, hosts, trials);
    }

    /** Begins a call where one is waited for: null where none is. */
    private @Nullable Candidate beginTrial() {
        for (int i = 0; i < trials.length; i++) {
            if (trials[i].begin()) {
                hosts[i].begin();
                return hosts[i];
            }
        }
        return null;
    }

    private void passOver() {
        for (Trial trial : trials) {
            trial.passOver();
        }
    }

    @Override
    public Candidate pick() {
        passOver();
        return others.pick();
    }

    @Override
    public Candidate begin() {
        Candidate tried = beginTrial();
        return tried == null ? others.begin() : tried;
    }

    @Override
    public Candidate pick(String key) {
        passOver();
        return others.pick(key);
    }

    @Override
    public Candidate begin(String key) {
        Candidate tried = beginTrial();
        return tried == null ? others.begin(key) : tried;
    }
}
