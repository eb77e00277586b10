package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.endpoint.Endpoint;
import java.util.List;

/** The Pods of one service, of which each step replaces one. Not thread-safe. */
final class Rollout {

    private final Pods names = new Pods();
    private final List<Endpoint> pods;
    private int replaced;

    Rollout(int count) {
        pods = names.pods(0, count);
    }

    /** All of them now. */
    List<Endpoint> pods() {
        return List.copyOf(pods);
    }

    /** All of them after the next step. */
    List<Endpoint> next() {
        pods.set(replaced % pods.size(), names.pod(pods.size() + replaced % 1_000_000));
        replaced++;
        return List.copyOf(pods);
    }
}
