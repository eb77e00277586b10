package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.List;

/** Endpoints as the watch reads them from EndpointSlices: with the name and the UID of a Pod, its node and its zone. */
final class Pods {

    private static final int NODES = 100;

    private final List<String> nodes = new ArrayList<>();
    private final List<String> zones = List.of("eu-1a", "eu-1b", "eu-1c");

    Pods() {
        for (int i = 0; i < NODES; i++) {
            nodes.add("node-" + i + ".eu.example");
        }
    }

    /** The endpoint of a Pod. */
    Endpoint pod(int number) {
        return Endpoint.builder(address(number), 8080)
                .uid(String.format("%08x-5eed-4bad-8bad-%012x", number, number))
                .podName(String.format("skippy-7d9c6b5f4-%05d", number))
                .nodeName(nodes.get(number % NODES))
                .zone(zones.get(number % zones.size()))
                .build();
    }

    /** The endpoints of the Pods of a number and those after it. */
    List<Endpoint> pods(int first, int count) {
        List<Endpoint> pods = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            pods.add(pod(i));
        }
        return pods;
    }

    private static String address(int number) {
        return "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }
}
