package io.serviceresolver.interop.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.instrumentation.javahttpclient.JavaHttpClientTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.http.ServiceHttpClient;
import io.serviceresolver.http.ServiceHttpOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Spans, as OpenTelemetry's instrumentation of the JDK's client makes them. */
class OpenTelemetryTest {

    private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetry openTelemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();

    private static HttpRequest request(String url) {
        return HttpRequest.newBuilder(URI.create(url + "/orders/7")).build();
    }

    private static void assertArrived(Orders orders, List<SpanData> expected) {
        List<String> arrived = Stream.of(orders.first, orders.second)
                .flatMap(pod -> pod.requests().stream())
                .map(headers -> headers.getFirst("traceparent"))
                .toList();
        assertThat(arrived)
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .map(span -> "00-" + span.getTraceId() + "-" + span.getSpanId() + "-01")
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void aCallIsASpanWhoseContextArrives(Way way) throws Exception {
        try (Orders orders = Orders.good()) {
            HttpClient http = JavaHttpClientTelemetry.create(openTelemetry).newHttpClient(orders.client(way));
            http.send(request(orders.url(way)), BodyHandlers.ofString());
            http.sendAsync(request(orders.url(way)), BodyHandlers.ofString()).join();
            assertThat(spans.getFinishedSpanItems()).hasSize(2).allSatisfy(span -> {
                assertThat(span.getName()).isEqualTo("GET");
                assertThat(span.getAttributes().get(ADDRESS))
                        .isEqualTo(URI.create(orders.url(way)).getHost());
            });
            assertArrived(orders, spans.getFinishedSpanItems());
        }
    }

    @Test
    void aroundOursThereIsOneSpanForACall() throws Exception {
        try (Orders orders = Orders.withDeadPods()) {
            HttpClient http = orders.client(Way.BY_NAME);
            HttpClient traced = JavaHttpClientTelemetry.create(openTelemetry).newHttpClient(http);
            HttpRequest request = request("http://skippy");
            orders.assertDeadPodsAreNotNoticed(
                    () -> traced.send(request, BodyHandlers.ofString()).body());
            assertThat(spans.getFinishedSpanItems())
                    .hasSize(Orders.CALLS)
                    .allSatisfy(span -> assertThat(span.getStatus()).isEqualTo(StatusData.unset()));
            assertArrived(orders, spans.getFinishedSpanItems());
        }
    }

    private HttpClient tracingAttempts(Orders orders) {
        HttpClient jdk = Orders.jdk();
        ServiceResolver resolver = orders.resolver;
        JavaHttpClientTelemetry telemetry = JavaHttpClientTelemetry.create(openTelemetry);
        HttpClient http = ServiceHttpClient.wrap(
                telemetry.newHttpClient(jdk),
                resolver,
                ServiceHttpOptions.defaults()
                        .clients(builder -> telemetry.newHttpClient(builder.build()))
                        .contextPropagation(() -> Context.current().wrap(Runnable::run)));
        return http;
    }

    private HttpClient tracingAttemptsWithoutTheCallers(Orders orders) {
        JavaHttpClientTelemetry telemetry = JavaHttpClientTelemetry.create(openTelemetry);
        return ServiceHttpClient.wrap(
                telemetry.newHttpClient(Orders.jdk()),
                orders.resolver,
                ServiceHttpOptions.defaults().clients(builder -> telemetry.newHttpClient(builder.build())));
    }

    /** Makes calls within a span: the spans of their attempts that have it as their parent. */
    private List<SpanData> attempts(Orders orders, Callable<String> call) throws Exception {
        Span parent = openTelemetry.getTracer("test").spanBuilder("orders").startSpan();
        orders.assertDeadPodsAreNotNoticed(Context.root().with(parent).wrap(call));
        List<SpanData> attempts = spans.getFinishedSpanItems();
        assertThat(attempts)
                .hasSize(Orders.CALLS + Math.toIntExact(orders.stats().retries()));
        List<SpanData> answered = attempts.stream()
                .filter(span -> span.getStatus().equals(StatusData.unset()))
                .toList();
        assertThat(answered)
                .allSatisfy(span -> assertThat(span.getAttributes().get(ADDRESS))
                        .isIn(orders.first.address(), orders.second.address()));
        assertArrived(orders, answered);
        String id = parent.getSpanContext().getSpanId();
        return attempts.stream()
                .filter(span -> span.getParentSpanId().equals(id))
                .toList();
    }

    @Test
    void withinOursThereIsOneForEachAttempt() throws Exception {
        try (Orders orders = Orders.withDeadPods()) {
            HttpClient http = tracingAttempts(orders);
            assertThat(attempts(
                            orders,
                            () -> http.send(request("http://skippy"), BodyHandlers.ofString())
                                    .body()))
                    .hasSize(Orders.CALLS + Math.toIntExact(orders.stats().retries()));
        }
    }

    @Test
    void withinOursThereIsOneForEachAttemptOfAnAsynchronousCallToo() throws Exception {
        try (Orders orders = Orders.withDeadPods()) {
            HttpClient http = tracingAttempts(orders);
            assertThat(attempts(
                            orders,
                            () -> http.sendAsync(request("http://skippy"), BodyHandlers.ofString())
                                    .join()
                                    .body()))
                    .hasSize(Orders.CALLS + Math.toIntExact(orders.stats().retries()));
        }
    }

    /** Where it need not wait for an endpoint: after a wait an attempt is begun by a thread that knows nothing of the caller's span. */
    @Test
    void withoutTheCallersContextTheFirstIsSureToBeTheCallersChild() throws Exception {
        try (Orders orders = Orders.withDeadPods()) {
            HttpClient http = tracingAttemptsWithoutTheCallers(orders);
            assertThat(attempts(
                            orders,
                            () -> http.sendAsync(request("http://skippy"), BodyHandlers.ofString())
                                    .join()
                                    .body()))
                    .hasSizeGreaterThanOrEqualTo(Orders.CALLS);
        }
    }

    @Test
    void aroundAndWithinThereIsOneForACall() throws Exception {
        try (Orders orders = Orders.withDeadPods()) {
            HttpClient http = JavaHttpClientTelemetry.create(openTelemetry).newHttpClient(tracingAttempts(orders));
            orders.assertDeadPodsAreNotNoticed(() ->
                    http.send(request("http://skippy"), BodyHandlers.ofString()).body());
            assertThat(spans.getFinishedSpanItems())
                    .hasSize(Orders.CALLS)
                    .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(SpanId.getInvalid()));
        }
    }
}
