package io.serviceresolver.source;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.testkit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A context of virtual time in one namespace, and the answers that a source gives in it. */
final class SourceHarness {

    final VirtualTime time = new VirtualTime();
    final SourceContext context;

    SourceHarness(String namespace) {
        ClusterContext cluster = new ClusterContext(namespace, "cluster.local", Set.of("other"));
        this.context = new SourceContext(time::nanoTime, time, new Random(1), cluster);
    }

    ServiceName name(String text) {
        return ServiceName.parse(text, context.cluster());
    }

    /** What a source says of a service at first. */
    SourceAnswer ask(EndpointSource source, ServiceName service) {
        List<SourceAnswer> answers = new ArrayList<>();
        Subscription subscription = source.subscribe(service, context, answers::add);
        time.runDue();
        subscription.close();
        if (answers.size() != 1) {
            throw new AssertionError("not one answer: " + answers);
        }
        return answers.get(0);
    }

    SourceAnswer ask(EndpointSource source, String service) {
        return ask(source, name(service));
    }

    /** An answer in short: the endpoints, {@code absent: reason} or {@code unavailable: reason}. */
    static String text(SourceAnswer answer) {
        if (answer instanceof SourceAnswer.Found found) {
            return String.join(
                    ", ",
                    found.endpoints().endpoints().stream()
                            .map(Endpoint::toString)
                            .toList());
        }
        return answer instanceof SourceAnswer.Absent absent
                ? "absent: " + absent.reason()
                : "unavailable: " + ((SourceAnswer.Unavailable) answer).reason();
    }
}
