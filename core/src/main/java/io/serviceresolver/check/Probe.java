package io.serviceresolver.check;

import io.serviceresolver.endpoint.Endpoint;
import java.util.concurrent.CompletionStage;

/**
 * Asks an endpoint whether it works, in a way of its own: for {@link HealthCheck#of}. It is called by several threads at
 * once, for different endpoints. These threads are for checks only, so that it may block, as long as the check's time-out.
 */
@FunctionalInterface
public interface Probe {

    /**
     * Asks once. When time is over, or nobody wants to know any more, the thread that is still in here is interrupted,
     * and a stage that is a future is cancelled. A call that does not return in spite of that keeps its place among the
     * checks in flight, and its endpoint is not asked again before it does.
     *
     * @param endpoint whom to ask
     * @return completes with the result; failing, with nothing, or not in time, the check has failed
     * @throws Exception if the check has failed
     */
    CompletionStage<ProbeResult> probe(Endpoint endpoint) throws Exception;
}
