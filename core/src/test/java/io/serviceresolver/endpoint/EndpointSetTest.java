package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointSetTest {

    private final Endpoint a = Endpoint.of("10.0.0.1", 80);
    private final Endpoint b = Endpoint.of("10.0.0.2", 80);
    private final Endpoint c = Endpoint.of("10.0.0.3", 80);
    private final Endpoint notReadyB =
            b.toBuilder().conditions(Conditions.NOT_READY).build();

    @Test
    void startsEmptyAtVersionZero() {
        assertThat(EndpointSet.EMPTY.version()).isZero();
        assertThat(EndpointSet.EMPTY.isEmpty()).isTrue();
        assertThat(EndpointSet.EMPTY.size()).isZero();
        assertThat(EndpointSet.EMPTY.changes()).isEqualTo(Changes.NONE);
        assertThat(EndpointSet.of(List.of())).isSameAs(EndpointSet.EMPTY);
    }

    @Test
    void holdsEverythingOfAFirstSetAsAdded() {
        EndpointSet set = EndpointSet.of(List.of(a, notReadyB));
        assertThat(set.version()).isEqualTo(1);
        assertThat(set.endpoints()).containsExactly(a, notReadyB);
        assertThat(set.changes()).isEqualTo(new Changes(List.of(a, notReadyB), List.of(), List.of()));
        assertThat(set.readyCount()).isEqualTo(1);
        assertThat(set.find(b.id())).contains(notReadyB);
        assertThat(set.find(c.id())).isEmpty();
        assertThat(set).hasToString("version 1: [10.0.0.1:80, 10.0.0.2:80]");
    }

    @Test
    void saysWhatWasAddedUpdatedAndRemoved() {
        EndpointSet set = EndpointSet.of(List.of(a, b)).next(List.of(c, notReadyB));
        assertThat(set.version()).isEqualTo(2);
        assertThat(set.endpoints()).containsExactly(c, notReadyB);
        assertThat(set.changes()).isEqualTo(new Changes(List.of(c), List.of(notReadyB), List.of(a)));
        assertThat(set.changes().isEmpty()).isFalse();
    }

    @Test
    void isTheSameSetWhereNothingChangedButTheOrder() {
        EndpointSet set = EndpointSet.of(List.of(a, b));
        assertThat(set.next(List.of(copy(b), copy(a)))).isSameAs(set);
    }

    @Test
    void keepsTheObjectsOfWhatDidNotChange() {
        EndpointSet set = EndpointSet.of(List.of(a, b)).next(List.of(copy(a), notReadyB, c));
        assertThat(set.endpoints().get(0)).isSameAs(a);
        assertThat(set.find(a.id()).orElseThrow()).isSameAs(a);
        assertThat(set.endpoints().get(1)).isSameAs(notReadyB);
    }

    @Test
    void tellsAPodFromTheOneThatHadItsAddressBefore() {
        Endpoint first = a.toBuilder().uid("1").build();
        Endpoint second = a.toBuilder().uid("2").build();
        EndpointSet set = EndpointSet.of(List.of(first)).next(List.of(second));
        assertThat(set.changes()).isEqualTo(new Changes(List.of(second), List.of(), List.of(first)));
    }

    @Test
    void keepsTheLastOfSeveralWithOneIdAtThePlaceOfTheFirst() {
        EndpointSet set = EndpointSet.of(List.of(b, a, notReadyB));
        assertThat(set.endpoints()).containsExactly(notReadyB, a);
        assertThat(set.next(List.of(b, notReadyB, copy(a)))).isSameAs(set);
    }

    @Test
    void goesOnCountingWhenItBecomesEmpty() {
        EndpointSet set = EndpointSet.of(List.of(a)).next(List.of());
        assertThat(set.version()).isEqualTo(2);
        assertThat(set.isEmpty()).isTrue();
        assertThat(set).isNotSameAs(EndpointSet.EMPTY);
        assertThat(set.next(List.of())).isSameAs(set);
        assertThat(set.next(List.of(a)).version()).isEqualTo(3);
    }

    @Test
    void hasTheVeryChangesAtHandForWhoeverFollowsVersionByVersion() {
        EndpointSet first = EndpointSet.of(List.of(a, b));
        EndpointSet second = first.next(List.of(b, c));
        assertThat(second.changesSince(first)).isSameAs(second.changes());
        assertThat(first.changesSince(EndpointSet.EMPTY)).isSameAs(first.changes());
        assertThat(second.changesSince(second)).isSameAs(Changes.NONE);
    }

    @Test
    void comparesWithAnySet() {
        EndpointSet first = EndpointSet.of(List.of(a, b));
        EndpointSet third = first.next(List.of(b, c)).next(List.of(a, notReadyB, c));
        assertThat(third.changesSince(first)).isEqualTo(new Changes(List.of(c), List.of(notReadyB), List.of()));
        assertThat(first.changesSince(third)).isEqualTo(new Changes(List.of(), List.of(b), List.of(c)));
        EndpointSet stranger = EndpointSet.of(List.of(copy(a), copy(b)));
        assertThat(stranger.changesSince(first)).isEqualTo(Changes.NONE);
    }

    @Test
    void isNotFooledByTwoSetsThatFollowOne() {
        EndpointSet root = EndpointSet.of(List.of(a));
        EndpointSet left = root.next(List.of(a, b));
        EndpointSet right = root.next(List.of(c));
        assertThat(left.version()).isEqualTo(right.version());
        assertThat(right.changesSince(left)).isEqualTo(new Changes(List.of(c), List.of(), List.of(a, b)));
        EndpointSet afterLeft = left.next(List.of(b));
        assertThat(afterLeft.changesSince(right)).isEqualTo(new Changes(List.of(b), List.of(), List.of(c)));
        assertThat(afterLeft.changesSince(left)).isSameAs(afterLeft.changes());
    }

    @Test
    void cannotBeChangedFromOutside() {
        List<Endpoint> given = new ArrayList<>(List.of(a));
        EndpointSet set = EndpointSet.of(given);
        given.add(b);
        assertThat(set.endpoints()).containsExactly(a);
        assertThatThrownBy(() -> set.endpoints().add(b)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> set.changes().added().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Endpoint copy(Endpoint endpoint) {
        return endpoint.toBuilder().build();
    }
}
