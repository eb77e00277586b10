package io.serviceresolver.http;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.call.CallOptions.Repeatable;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.source.StaticSource;
import io.serviceresolver.testkit.VirtualTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call to a service of two Pods, whose wire a race stands for. */
final class Call {

    private static final HttpRequest REQUEST =
            HttpRequest.newBuilder(URI.create("http://skippy/")).build();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Not one of those that nobody counts. */
    private static final BodyHandler<Void> COUNTED =
            head -> BodySubscribers.mapping(BodySubscribers.discarding(), Function.identity());

    private static final ServiceHandle SKIPPY = skippy();

    static final ResponseInfo OK = new Head(200);

    /** The body of the answer that is the caller's. */
    private volatile @Nullable CountedBody<Void> body;

    final AtomicInteger answers = new AtomicInteger();
    final RequestAttempts attempts =
            new RequestAttempts(SKIPPY, REQUEST, Repeatable.IDEMPOTENT, CallLimits.NONE, CallTime.UNLIMITED);

    private static ServiceHandle skippy() {
        VirtualTime time = new VirtualTime();
        Endpoint one = Endpoint.builder("10.0.0.1", 8080).build();
        Endpoint other = Endpoint.builder("10.0.0.2", 8080).build();
        ServiceHandle made = ServiceResolver.builder()
                .source(StaticSource.of("skippy", one, other))
                .cluster(new ClusterContext("shield", ClusterContext.DEFAULT_DOMAIN))
                .topology(Topology.UNKNOWN)
                .outliers(OutlierPolicy.never())
                .time(time::nanoTime, time)
                .build()
                .service("skippy");
        time.runDue();
        return made;
    }

    /** The head of an answer. */
    private record Head(int statusCode) implements ResponseInfo {

        private static final HttpHeaders NONE = HttpHeaders.of(Map.of(), (name, value) -> true);

        @Override
        public HttpHeaders headers() {
            return NONE;
        }

        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }
    }

    /** An attempt at it, which is under way. */
    PodCall attempt() {
        return attempts.acquire();
    }

    /** The head of an answer comes, which is the caller's if none was before. */
    void answer(PodCall attempt) {
        if (attempt.counting(CLIENT, COUNTED).apply(OK) instanceof CountedBody<Void> counted) {
            answers.incrementAndGet();
            body = counted;
        }
    }

    /** Whether the caller's body is at its end before its source was. To be asked when all has come to rest. */
    boolean hasFailedBody() {
        CountedBody<Void> answered = body;
        return answered != null && answered.getBody().toCompletableFuture().isCompletedExceptionally();
    }
}
