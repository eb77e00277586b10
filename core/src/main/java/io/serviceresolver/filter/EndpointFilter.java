package io.serviceresolver.filter;

import io.serviceresolver.endpoint.Endpoint;
import java.util.List;

/** Which of some endpoints may be chosen, and why not the others. Pure: it keeps nothing and changes nothing. */
public interface EndpointFilter {

    /** What it goes by, in one or two lower-case words, such as {@code conditions}. */
    String name();

    /**
     * Filters.
     *
     * @param endpoints some endpoints
     * @return those that may be chosen, in the same order
     */
    List<Endpoint> apply(List<Endpoint> endpoints);

    /**
     * Why an endpoint may not be chosen.
     *
     * @param dropped one that {@link #apply} did not return
     * @return the reason, for people: one line
     */
    String reason(Endpoint dropped);

    /**
     * What is to be said of some endpoints as a whole, besides which of them are dropped: that all are, or that the
     * filter does not apply to them.
     *
     * @param endpoints what is to be filtered
     * @return one line for people; by default, and where all is as one expects, it is empty
     */
    default String note(List<Endpoint> endpoints) {
        return "";
    }
}
