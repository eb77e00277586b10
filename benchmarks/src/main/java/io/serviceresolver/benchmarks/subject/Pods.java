package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointParts;
import java.util.ArrayList;
import java.util.List;

/**
 * Endpoints as the watch reads them from EndpointSlices: with the name and the UID of a Pod, its node and its zone, and sharing
 * what they have in common.
 */
final class Pods {

    private static final int NODES = 100;

    private final List<String> nodes = new ArrayList<>();
    private final EndpointParts parts = new EndpointParts();
    private final List<String> zones = List.of("eu-1a", "eu-1b", "eu-1c");

    Pods() {
        for (int i = 0; i < NODES; i++) {
            nodes.add("node-" + i + ".eu.example");
        }
    }

    /** The endpoint of a Pod. */
    Endpoint pod(int number) {
        int node = number % NODES;
        Endpoint pod = Endpoint.builder(address(number), 8080)
                .uid(padded(8, Integer.toHexString(number)) + "-5eed-4bad-8bad-"
                        + padded(12, Integer.toHexString(number)))
                .podName("skippy-7d9c6b5f4-" + padded(5, Integer.toString(number)))
                .nodeName(nodes.get(node))
                .zone(zones.get(node % zones.size()))
                .build();
        return parts.share(pod);
    }

    /** The endpoints of the Pods of a number and those after it. */
    List<Endpoint> pods(int first, int count) {
        List<Endpoint> pods = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            pods.add(pod(i));
        }
        return pods;
    }

    /** Not by a formatter, which would take as long as much of what is measured. */
    private static String padded(int length, String digits) {
        return "0".repeat(Math.max(0, length - digits.length())) + digits;
    }

    private static String address(int number) {
        return "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }
}
