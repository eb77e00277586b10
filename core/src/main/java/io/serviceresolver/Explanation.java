package io.serviceresolver;

import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.selector.LabelSelector;
import java.util.List;

/**
 * Why a handle picks from the endpoints it picks from, at one moment. Immutable.
 *
 * @param target what the handle picks from
 * @param subset the labels of its subset; everything where it is none
 * @param state how good what is known is
 * @param topology where this process runs, as far as that is known
 * @param traits what the Service states
 * @param notes what filters have to say of all endpoints together, such as why hints do not count: one line each
 * @param endpoints every endpoint that the source in use knows of, also those it leaves out of its set; where no source
 *     is in use, those of the first source that tells any
 */
public record Explanation(
        Target target,
        LabelSelector subset,
        ServiceState state,
        Topology topology,
        ServiceTraits traits,
        List<String> notes,
        List<ExplainedEndpoint> endpoints) {

    /** Copies the lists. */
    public Explanation {
        notes = List.copyOf(notes);
        endpoints = List.copyOf(endpoints);
    }

    /** Several lines for people, to be shown in a terminal: aligned columns of printable ASCII, without a line feed at the end. */
    public String text() {
        return ExplanationText.of(this);
    }

    /** The same as a JSON object (RFC 8259) of one line of printable ASCII. */
    public String toJson() {
        return ExplanationJson.of(this);
    }

    /** As {@link #text}. */
    @Override
    public String toString() {
        return text();
    }
}
