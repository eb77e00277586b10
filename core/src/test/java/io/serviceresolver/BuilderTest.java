package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Nothing that is missing is found out later than where it is given. */
@SuppressWarnings("NullAway") // That is what is tested.
class BuilderTest {

    @TestFactory
    Stream<DynamicTest> nameWhatIsNull() {
        Map<String, Consumer<ServiceResolverBuilder>> setters = Map.ofEntries(
                Map.entry("balancer", one -> one.balancer(null)),
                Map.entry("retries", one -> one.retries(null)),
                Map.entry("outliers", one -> one.outliers(null)),
                Map.entry("healthCheck", one -> one.healthCheck(null)),
                Map.entry("routing", one -> one.routing(null)),
                Map.entry("cluster", one -> one.cluster(null)),
                Map.entry("topology", one -> one.topology(null)),
                Map.entry("addresses", one -> one.addresses(null)),
                Map.entry("nanoTime", one -> one.time(null, null)),
                Map.entry("tasks", one -> one.time(() -> 0, null)),
                Map.entry("random", one -> one.random(null)));
        return setters.entrySet().stream()
                .map(setter -> DynamicTest.dynamicTest(
                        setter.getKey(),
                        () -> assertThatThrownBy(() -> setter.getValue().accept(ServiceResolver.builder()))
                                .isInstanceOf(NullPointerException.class)
                                .hasMessage(setter.getKey())));
    }

    @TestFactory
    Stream<DynamicTest> nameWhatIsOutOfRange() {
        Map<String, Consumer<ServiceResolverBuilder>> setters = Map.of(
                "firstAnswerTimeout: PT-1S (expected: zero or more)",
                one -> one.firstAnswerTimeout(Duration.ofSeconds(-1)),
                "staleLimit: PT0S (expected: more than zero)",
                one -> one.staleLimit(Duration.ZERO),
                "idleTimeout: PT-1S (expected: more than zero)",
                one -> one.idleTimeout(Duration.ofSeconds(-1)),
                "maxServices: 0 (expected: 1 or more)",
                one -> one.maxServices(0));
        return setters.entrySet().stream()
                .map(setter -> DynamicTest.dynamicTest(
                        setter.getKey(),
                        () -> assertThatThrownBy(() -> setter.getValue().accept(ServiceResolver.builder()))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessage(setter.getKey())));
    }
}
