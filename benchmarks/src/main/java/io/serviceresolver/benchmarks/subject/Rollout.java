package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.endpoint.Endpoint;
import java.util.List;

/** The Pods of one service, of which each step replaces one. Not thread-safe. */
final class Rollout {

    private final Pods names = new Pods();
    private final Endpoint[] pods;
    private int replaced;

    Rollout(int count) {
        pods = names.pods(0, count).toArray(new Endpoint[0]);
    }

    /** All of them now. */
    List<Endpoint> pods() {
        return List.of(pods);
    }

    /** All of them after the next step. */
    List<Endpoint> next() {
        pods[replaced % pods.length] = names.pod(pods.length + replaced % 1_000_000);
        replaced++;
        return List.of(pods);
    }
}
