package io.serviceresolver.filter;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.selector.Requirement;
import io.serviceresolver.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The endpoints with certain labels. */
record SubsetFilter(LabelSelector selector) implements EndpointFilter {

    @Override
    public String name() {
        return "subset";
    }

    @Override
    public List<Endpoint> apply(List<Endpoint> endpoints) {
        return EndpointFilters.only(endpoints, endpoint -> selector.matches(endpoint.labels()));
    }

    @Override
    public String reason(Endpoint dropped) {
        return "labels: " + Printable.of(asked(dropped.labels()).toString()) + " (expected: " + selector + ")";
    }

    /** The labels that the selector asks for, as far as there are such. */
    private Map<String, String> asked(Map<String, String> labels) {
        Map<String, String> asked = new TreeMap<>(labels);
        asked.keySet()
                .retainAll(
                        selector.requirements().stream().map(Requirement::key).toList());
        return asked;
    }
}
