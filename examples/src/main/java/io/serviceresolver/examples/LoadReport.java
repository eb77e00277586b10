package io.serviceresolver.examples;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured of some calls. Immutable.
 *
 * @param calls how many ended
 * @param failed how many of them failed: no answer, or a status other than 200
 * @param perPod how many each Pod answered, by the name that it gave itself in its answer
 * @param failures how often calls failed for which reason
 * @param p50Millis half of the answers came within this time, in milliseconds; 0 without answers
 * @param p99Millis 99 of 100 answers came within this time, in milliseconds; 0 without answers
 */
record LoadReport(
        long calls,
        long failed,
        SortedMap<String, Long> perPod,
        Map<String, Long> failures,
        double p50Millis,
        double p99Millis) {

    LoadReport {
        perPod = Collections.unmodifiableSortedMap(new TreeMap<>(perPod));
        failures = Map.copyOf(failures);
    }

    /** How many calls a Pod answered: 0 for one that answered none. */
    long of(String pod) {
        return perPod.getOrDefault(pod, 0L);
    }

    /** How many calls were answered by Pods whose name begins so. */
    long ofThoseNamed(String prefix) {
        return perPod.entrySet().stream()
                .filter(pod -> pod.getKey().startsWith(prefix))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
