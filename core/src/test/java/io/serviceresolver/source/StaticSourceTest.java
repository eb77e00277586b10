package io.serviceresolver.source;

import static io.serviceresolver.source.SourceHarness.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticSourceTest {

    private final Endpoint a = Endpoint.of("127.0.0.1", 8080);
    private final Endpoint b = Endpoint.of("127.0.0.2", 8080);
    private final SourceHarness harness = new SourceHarness("shield");
    private final List<SourceAnswer> answers = new ArrayList<>();

    private String ask(StaticSource source, String service) {
        return text(harness.ask(source, service));
    }

    private List<String> heard() {
        return answers.stream().map(SourceHarness::text).toList();
    }

    @Test
    void answersWhatItWasGiven() {
        StaticSource source = StaticSource.of("skippy", a, b);
        assertThat(ask(source, "skippy")).isEqualTo("127.0.0.1:8080, 127.0.0.2:8080");
        assertThat(source.name()).isEqualTo("static");
        assertThat(source.origin()).isEqualTo(EndpointSource.Origin.LOCAL);
    }

    @Test
    void whatWasNeverSetIsAbsent() {
        assertThat(ask(StaticSource.empty(), "skippy")).isEqualTo("absent: not in the static list");
        assertThat(ask(StaticSource.of("skippy", a), "other-one")).isEqualTo("absent: not in the static list");
        assertThat(ask(StaticSource.of("skippy", a), "skippy.other")).isEqualTo("absent: not in the static list");
    }

    @Test
    void aServiceMayHaveNoEndpoints() {
        assertThat(harness.ask(StaticSource.of("skippy"), "skippy"))
                .isEqualTo(new SourceAnswer.Found(EndpointSet.EMPTY));
    }

    @Test
    void aBareNameIsAServiceInTheNamespaceOfWhoeverAsks() {
        StaticSource source = StaticSource.of("skippy", a);
        assertThat(ask(source, "skippy.shield.svc")).isEqualTo("127.0.0.1:8080");
        assertThat(text(new SourceHarness("other").ask(source, "skippy"))).isEqualTo("127.0.0.1:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"skippy.other", "skippy.other.svc", "skippy.other.svc.cluster.local"})
    void aNameWithANamespaceIsThatServiceForEverybody(String name) {
        StaticSource source = StaticSource.of(name, a);
        assertThat(ask(source, "skippy.other")).isEqualTo("127.0.0.1:8080");
        assertThat(ask(source, "skippy")).isEqualTo("absent: not in the static list");
        assertThat(text(new SourceHarness("other").ask(source, "skippy"))).isEqualTo("127.0.0.1:8080");
    }

    @Test
    void aNameWithoutAPortAnswersForAllAndOneWithAPortGoesFirst() {
        StaticSource source = StaticSource.of("skippy", a).set("skippy:http", b);
        assertThat(ask(source, "skippy")).isEqualTo("127.0.0.1:8080");
        assertThat(ask(source, "skippy:9090")).isEqualTo("127.0.0.1:8080");
        assertThat(ask(source, "skippy:http")).isEqualTo("127.0.0.2:8080");
        assertThat(ask(source.set("skippy.shield:http", a, b), "skippy:http"))
                .isEqualTo("127.0.0.1:8080, 127.0.0.2:8080");
        assertThat(ask(StaticSource.of("skippy:9090", a), "skippy")).isEqualTo("absent: not in the static list");
    }

    @Test
    void aNameWithANamespaceGoesBeforeTheBareOne() {
        StaticSource source = StaticSource.of("skippy", a).set("skippy.shield", b);
        assertThat(ask(source, "skippy")).isEqualTo("127.0.0.2:8080");
    }

    @Test
    void tellsOfEachChangeInOrder() {
        StaticSource source = StaticSource.empty();
        source.subscribe(harness.name("skippy"), harness.context, answers::add);
        source.set("skippy", a)
                .unavailable("skippy", "broken")
                .set("skippy", List.of(a, b))
                .absent("skippy")
                .set("skippy");
        assertThat(answers).isEmpty();
        harness.time.runDue();
        assertThat(heard())
                .containsExactly(
                        "absent: not in the static list",
                        "127.0.0.1:8080",
                        "unavailable: broken",
                        "127.0.0.1:8080, 127.0.0.2:8080",
                        "absent: not in the static list",
                        "");
    }

    @Test
    void tellsNothingOfChangesToOtherServices() {
        StaticSource source = StaticSource.of("skippy:http", a);
        source.subscribe(harness.name("skippy:http"), harness.context, answers::add);
        harness.time.runDue();
        source.set("other-one", b).set("skippy.other", b).set("skippy", b);
        harness.time.runDue();
        assertThat(heard()).containsExactly("127.0.0.1:8080");
        source.set("skippy.shield:http", b);
        harness.time.runDue();
        assertThat(heard()).containsExactly("127.0.0.1:8080", "127.0.0.2:8080");
    }

    @Test
    void setsOfOneSubscriptionFollowOneAnother() {
        StaticSource source = StaticSource.of("skippy", a, b);
        source.subscribe(harness.name("skippy"), harness.context, answers::add);
        harness.time.runDue();
        Endpoint drainingB = b.toBuilder().conditions(Conditions.DRAINING).build();
        source.set("skippy", Endpoint.of("127.0.0.1", 8080), drainingB)
                .absent("skippy")
                .set("skippy", a);
        harness.time.runDue();
        EndpointSet first = ((SourceAnswer.Found) answers.get(0)).endpoints();
        EndpointSet second = ((SourceAnswer.Found) answers.get(1)).endpoints();
        EndpointSet third = ((SourceAnswer.Found) answers.get(3)).endpoints();
        assertThat(second.version()).isEqualTo(first.version() + 1);
        assertThat(second.endpoints().get(0)).isSameAs(first.endpoints().get(0));
        assertThat(second.changes().updated()).containsExactly(drainingB);
        assertThat(third.changes().removed()).containsExactly(drainingB);
    }

    @Test
    void tellsNothingMoreOnceClosed() {
        StaticSource source = StaticSource.of("skippy", a);
        Subscription subscription = source.subscribe(harness.name("skippy"), harness.context, answers::add);
        subscription.close();
        subscription.close();
        harness.time.runDue();
        source.set("skippy", b);
        assertThat(harness.time.pending()).isZero();
        assertThat(answers).isEmpty();
    }

    @Test
    void canBeSetAfterASchedulerWasShutDown() {
        StaticSource source = StaticSource.of("skippy", a);
        source.subscribe(harness.name("skippy"), harness.context, answers::add);
        harness.time.shutdownNow();
        SourceHarness alive = new SourceHarness("shield");
        source.subscribe(alive.name("skippy"), alive.context, answers::add);
        assertThatCode(() -> source.set("skippy", b)).doesNotThrowAnyException();
        alive.time.runDue();
        assertThat(heard()).containsExactly("127.0.0.1:8080", "127.0.0.2:8080");
    }

    @Test
    void copiesTheEndpoints() {
        List<Endpoint> given = new ArrayList<>(List.of(a));
        StaticSource source = StaticSource.empty().set("skippy", given);
        given.add(b);
        assertThat(ask(source, "skippy")).isEqualTo("127.0.0.1:8080");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Skippy",
                "",
                "skippy.",
                "skippy.Other",
                "a.b.c",
                "skippy:",
                "skippy:0",
                "skippy.other.svc.elsewhere",
                "a\nb.c",
                "127.0.0.1:80"
            })
    void refusesNamesThatCanNeverBeAskedFor(String name) {
        StaticSource source = StaticSource.empty();
        assertThatThrownBy(() -> source.set(name, a))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .matches("[ -~]+");
        assertThatThrownBy(() -> source.absent(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
