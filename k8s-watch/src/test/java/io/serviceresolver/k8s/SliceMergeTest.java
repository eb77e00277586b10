package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.IpFamily;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SliceMergeTest {

    private static final long LIMBO = Duration.ofSeconds(1).toNanos();
    private static final SlicePort HTTP = new SlicePort("http", 80, null);
    private static final List<IpFamily> V4_FIRST = List.of(IpFamily.values());
    private static final List<IpFamily> V6_FIRST = List.of(IpFamily.IPV6, IpFamily.IPV4);

    private final SliceMerge merge = new SliceMerge(LIMBO);
    private long now = -5;

    private static Endpoint pod(String address, @Nullable String uid, Conditions conditions) {
        return Endpoint.builder(address, 80)
                .conditions(conditions)
                .uid(uid)
                .podName(uid)
                .build();
    }

    private static Endpoint ready(String address, @Nullable String uid) {
        return pod(address, uid, Conditions.READY);
    }

    private void put(String name, Endpoint... endpoints) {
        IpFamily family = name.endsWith("6") ? IpFamily.IPV6 : IpFamily.IPV4;
        merge.put(new Slice(name, family, List.of(HTTP), Arrays.asList(endpoints)), now);
    }

    private String union() {
        return union(V4_FIRST);
    }

    private String union(List<IpFamily> families) {
        return merge.union(PortChoice.named("http"), families, now).stream()
                .map(SliceMergeTest::brief)
                .collect(Collectors.joining(" "));
    }

    /** Address and UID, with + when it is ready and - when it is terminating. */
    private static String brief(Endpoint endpoint) {
        Conditions conditions = endpoint.conditions();
        String address = endpoint.address();
        return address + "/" + endpoint.id().uid() + (conditions.ready() ? "+" : "")
                + (conditions.terminating() ? "-" : "");
    }

    @Test
    void replacesASliceAsAWhole() {
        put("a", ready("10.0.0.1", "u1"), pod("10.0.0.2", "u2", Conditions.NOT_READY));
        put("a", ready("10.0.0.1", "u1"));
        assertThat(union()).isEqualTo("10.0.0.1/u1+");
    }

    @Test
    void prefersTheOneThatIsNotTerminatingWhicheverComesFirst() {
        put("a", pod("10.0.0.1", "ghost", Conditions.DRAINING));
        put("b", pod("10.0.0.1", "live", Conditions.NOT_READY));
        assertThat(union()).isEqualTo("10.0.0.1/live");
        put("a", pod("10.0.0.1", "live", Conditions.NOT_READY));
        put("b", pod("10.0.0.1", "ghost", Conditions.DRAINING));
        assertThat(union()).isEqualTo("10.0.0.1/live");
    }

    @Test
    void prefersTheReadyOneOfTwoThatStay() {
        put("a", pod("10.0.0.1", "u1", Conditions.NOT_READY));
        put("b", ready("10.0.0.1", "u1"));
        assertThat(union()).isEqualTo("10.0.0.1/u1+");
    }

    @Test
    void keepsTwoPortsOfOneAddressApartAndOnePortOfTwoNames() {
        SlicePort other = new SlicePort("http", 81, null);
        put("a", ready("10.0.0.1", "u1"));
        Endpoint second = ready("10.0.0.1", "u2").toBuilder().port(81).build();
        merge.put(new Slice("b", IpFamily.IPV4, List.of(other), List.of(second)), now);
        assertThat(merge.union(PortChoice.named("http"), V4_FIRST, now))
                .extracting(Endpoint::authority)
                .containsExactly("10.0.0.1:80", "10.0.0.1:81");
    }

    @Test
    void knowsAPodThatIsTerminatingWhicheverPortASliceSaysSoOf() {
        put("a", ready("10.0.0.1", "u1"));
        SlicePort other = new SlicePort("http", 81, null);
        Endpoint ending =
                pod("10.0.0.1", "u1", Conditions.DRAINING).toBuilder().port(81).build();
        merge.put(new Slice("b", IpFamily.IPV4, List.of(other), List.of(ending)), now);
        assertThat(merge.union(PortChoice.named("http"), V4_FIRST, now))
                .extracting(Endpoint::authority)
                .containsExactly("10.0.0.1:81");
    }

    @Test
    void keepsAPodWhileItMovesThoughTheDeletionIsSeenFirst() {
        put("a", ready("10.0.0.1", "u1"));
        put("a");
        assertThat(union()).isEqualTo("10.0.0.1/u1+");
        now += LIMBO - 1;
        put("b", ready("10.0.0.1", "u1"));
        now += LIMBO;
        assertThat(union()).isEqualTo("10.0.0.1/u1+");
        assertThat(merge.nextDeparture(now)).isEmpty();
    }

    /** As where nobody asks for the endpoints any more, since the Service is another name now. */
    @Test
    void hasNoDepartureInThePast() {
        put("a", ready("10.0.0.1", "u1"));
        merge.remove("a", now);
        now += LIMBO;
        assertThat(merge.nextDeparture(now)).isEmpty();
    }

    @Test
    void keepsAPodOfADeletedSliceForASecondOnly() {
        put("a", ready("10.0.0.1", "u1"));
        merge.remove("a", now);
        assertThat(union()).isEqualTo("10.0.0.1/u1+");
        assertThat(merge.isEmpty(now)).isFalse();
        assertThat(merge.nextDeparture(now)).hasValue(now + LIMBO);
        now += LIMBO - 1;
        assertThat(union()).isEqualTo("10.0.0.1/u1+");
        now++;
        assertThat(union()).isEmpty();
        assertThat(merge.isEmpty(now)).isTrue();
        assertThat(merge.nextDeparture(now)).isEmpty();
    }

    @Test
    void keepsNobodyWhoWasOnTheWayOut() {
        put(
                "a",
                pod("10.0.0.1", "u1", Conditions.DRAINING),
                pod("10.0.0.2", "u2", Conditions.NOT_READY),
                pod("10.0.0.3", "u3", new Conditions(true, true, true)));
        put("a");
        assertThat(union()).isEmpty();
    }

    @Test
    void keepsNobodyOfWhomSomethingElseIsKnown() {
        put("a", ready("10.0.0.1", "u1"));
        put("a");
        put("b", pod("10.0.0.1", "u1", Conditions.DRAINING));
        assertThat(union()).isEqualTo("10.0.0.1/u1-");
    }

    @Test
    void keepsNobodyWhoseAddressIsAnothersNow() {
        put("a", ready("10.0.0.1", "u1"));
        put("a", pod("10.0.0.1", "u2", Conditions.NOT_READY));
        assertThat(union()).isEqualTo("10.0.0.1/u2");
    }

    @Test
    void keepsNobodyWhoHasAnotherAddressNow() {
        put("a", ready("10.0.0.1", "u1"));
        put("a", ready("10.0.0.9", "u1"));
        assertThat(union()).isEqualTo("10.0.0.9/u1+");
    }

    @Test
    void keepsPodsThatAListDoesNotHaveForASecondToo() {
        put("a", ready("10.0.0.1", "u1"));
        Slice other = new Slice("b", IpFamily.IPV4, List.of(HTTP), List.of(ready("10.0.0.2", "u2")));
        assertThat(merge.replaceAll(List.of(other), now)).isTrue();
        assertThat(union()).isEqualTo("10.0.0.2/u2+ 10.0.0.1/u1+");
        assertThat(merge.replaceAll(List.of(other), now)).isFalse();
        now += LIMBO;
        assertThat(union()).isEqualTo("10.0.0.2/u2+");
    }

    @Test
    void takesAPodOfTwoFamiliesForOneEndpoint() {
        put("4", ready("10.0.0.1", "u1"), ready("10.0.0.2", "u2"));
        put("6", ready("fd00::1", "u1"), ready("fd00::3", "u3"));
        assertThat(union(V4_FIRST)).isEqualTo("10.0.0.1/u1+ 10.0.0.2/u2+ fd00::3/u3+");
        assertThat(union(V6_FIRST)).isEqualTo("10.0.0.2/u2+ fd00::1/u1+ fd00::3/u3+");
    }

    @Test
    void keepsAddressesWithoutAPodApart() {
        put("4", ready("10.0.0.1", null));
        put("6", ready("fd00::1", null));
        assertThat(union()).isEqualTo("10.0.0.1/null+ fd00::1/null+");
    }

    @Test
    void changesNoFamilyWhileAPodMovesWithinOne() {
        put("4", ready("10.0.0.1", "u1"));
        put("6", ready("fd00::1", "u1"));
        put("4");
        assertThat(union()).isEqualTo("10.0.0.1/u1+");
        put("6", pod("fd00::1", "u1", Conditions.DRAINING));
        assertThat(union()).isEqualTo("fd00::1/u1-");
    }

    @Test
    void givesTheSameObjectsWhereNothingChanged() {
        put("a", ready("10.0.0.1", "u1"));
        Endpoint before = merge.union(PortChoice.named("http"), V4_FIRST, now).get(0);
        put("b", ready("10.0.0.2", "u2"));
        assertThat(merge.union(PortChoice.named("http"), V4_FIRST, now).get(0)).isSameAs(before);
    }
}
