package io.serviceresolver.source;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The environment variables that the kubelet gives each container: {@code SKIPPY_SERVICE_HOST},
 * {@code SKIPPY_SERVICE_PORT}, {@code SKIPPY_SERVICE_PORT_HTTP} and those of the form of Docker's links, such as
 * {@code SKIPPY_PORT_8080_TCP}. The last resort: they are written once, when the container starts, so they do not tell
 * of a Service made later, and name an old address for one that was made anew. The answer is one virtual endpoint, the
 * ClusterIP, behind which the cluster itself spreads connections over Pods. Each subscription is answered once.
 *
 * <ul>
 *   <li>Only Services of the own namespace have variables, and {@code kubernetes} of namespace {@code default}; the
 *       latter are hidden where the own namespace has a Service called {@code kubernetes} too.
 *   <li>Headless Services and those of type ExternalName have none.
 *   <li>A name without a port means the only TCP port of the Service, as with every other source; it does not mean the
 *       first one of several, although {@code SKIPPY_SERVICE_PORT} names that: the answer then lists the ports.
 *   <li>A value that is not well-formed is skipped, with one warning per service. Nothing is looked up.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class EnvironmentSource implements EndpointSource {

    private static final Logger log = LoggerFactory.getLogger(EnvironmentSource.class);

    private static final ServiceTraits TRAITS =
            ServiceTraits.DEFAULT.withPodLabels(PodLabels.unknown("the environment does not tell the labels of Pods"));

    private static final String API_SERVER = "kubernetes";
    private static final int MAX_REMEMBERED = 1000;
    private static final int MAX_SHOWN = 5;

    private final SortedMap<String, String> variables;

    /** The services that the log was told of; when it is full, of no more. Written by whoever subscribes. */
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    private EnvironmentSource(Map<String, String> variables) {
        this.variables = new TreeMap<>(variables);
    }

    /** The environment of this process. */
    public static EnvironmentSource system() {
        return of(System.getenv());
    }

    /**
     * An environment of any kind.
     *
     * @param variables name and value of each variable, copied
     * @return the source
     */
    public static EnvironmentSource of(Map<String, String> variables) {
        return new EnvironmentSource(variables);
    }

    @Override
    public String name() {
        return "environment";
    }

    @Override
    public SourceSubscription subscribe(ServiceName service, SourceContext context, SourceListener listener) {
        SourceAnswer answer = answer(service, context.cluster());
        Future<?> told = context.scheduler().submit(() -> listener.onAnswer(answer));
        return () -> told.cancel(false);
    }

    private SourceAnswer answer(ServiceName service, ClusterContext cluster) {
        boolean own = service.namespace().equals(cluster.namespace());
        boolean apiServer = service.service().equals(API_SERVER);
        boolean inDefault = service.namespace().equals(ClusterContext.DEFAULT_NAMESPACE);
        if (apiServer && own && !inDefault) {
            return SourceAnswer.Unavailable.forGood(
                    "the variables of kubernetes are those of kubernetes.default, unless namespace "
                            + cluster.namespace() + " has a Service of that name");
        }
        if (!own && !(apiServer && inDefault)) {
            return new SourceAnswer.Absent("environment variables tell of Services in namespace " + cluster.namespace()
                    + " only, not of " + service.namespace());
        }
        EnvironmentNames names = EnvironmentNames.of(service.service());
        EnvironmentService found = new EnvironmentService(names, variables);
        log(service, found);
        return found.exists() ? answer(service, found) : new SourceAnswer.Absent(names.host() + " is not set");
    }

    private static SourceAnswer answer(ServiceName service, EnvironmentService found) {
        Optional<String> address = found.address();
        if (address.isEmpty() || found.ports().isEmpty()) {
            String missing = EnvironmentNames.of(service.service()).firstPort() + " is not set";
            return SourceAnswer.Unavailable.forGood(found.problems().isEmpty() ? missing : shown(found.problems()));
        }
        OptionalInt port = found.ports().find(service.port());
        if (port.isEmpty()) {
            return SourceAnswer.Unavailable.forGood(noPort(service, found.ports()));
        }
        Endpoint clusterIp = Endpoint.of(address.get(), port.getAsInt());
        return new SourceAnswer.Found(EndpointSet.EMPTY.next(List.of(clusterIp), TRAITS));
    }

    private static String noPort(ServiceName service, EnvironmentPorts ports) {
        String listed = Printable.of(ports.toString());
        boolean explicit =
                service.port() instanceof ServicePort.Named || service.port() instanceof ServicePort.Numbered;
        return explicit
                ? "no port " + service.port() + ", the TCP ports are: " + listed
                : "several ports, name one as in " + service.service() + ":http; the TCP ports are: " + listed;
    }

    private void log(ServiceName service, EnvironmentService found) {
        if (logged.size() >= MAX_REMEMBERED || !logged.add(service.qualified())) {
            return;
        }
        log.info(
                "environment: {} is looked for in the environment variables, which tell nothing of Services that were"
                        + " made or changed after this Pod",
                service.qualified());
        if (found.exists() && !found.problems().isEmpty()) {
            log.warn("environment: skipped for {}: {}", service.qualified(), shown(found.problems()));
        }
    }

    private static String shown(List<String> problems) {
        String first = String.join("; ", problems.subList(0, Math.min(MAX_SHOWN, problems.size())));
        return problems.size() <= MAX_SHOWN ? first : first + "; and " + (problems.size() - MAX_SHOWN) + " more";
    }
}
