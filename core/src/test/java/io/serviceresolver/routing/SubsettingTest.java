package io.serviceresolver.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which endpoints a client uses: always the same ones, and all of them evenly by all clients. */
class SubsettingTest {

    private static final int CLIENTS = 1_000;
    private static final int SERVERS = 100;
    private static final int SIZE = 20;

    private static List<Endpoint> servers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Endpoint.of("10." + i / 62_500 + "." + i / 250 % 250 + "." + (i % 250 + 1), 80))
                .toList();
    }

    /** How many times the mean the most used server has, and the least used one. */
    private static double[] imbalance(int clients, int count, int size, IntFunction<Subsetting> client) {
        List<Endpoint> servers = servers(count);
        int[] uses = new int[count];
        for (int i = 0; i < clients; i++) {
            client.apply(i).choose(servers).forEach(one -> uses[servers.indexOf(one)]++);
        }
        double mean = (double) clients * size / count;
        return new double[] {
            Arrays.stream(uses).max().orElse(0) / mean,
            Arrays.stream(uses).min().orElse(0) / mean
        };
    }

    private static Subsetting named(int client) {
        return Subsetting.of(SIZE, "web-7d9f8b6c5d-" + Integer.toString(client * 7_919 + 1_000_000, 36));
    }

    private static Subsetting numbered(int client) {
        return Subsetting.of(SIZE, "web-" + client);
    }

    @Test
    void clientsByNameUseServersAsEvenlyAsChanceHasIt() {
        double[] uses = imbalance(CLIENTS, SERVERS, SIZE, SubsettingTest::named);
        assertThat(uses[0]).isLessThan(1.2);
        assertThat(uses[1]).isGreaterThan(0.8);
    }

    @Test
    void clientsByNumberUseServersEvenlyHoweverManyTheyAre() {
        for (int clients : new int[] {50, 100, 333, CLIENTS}) {
            double[] uses = imbalance(clients, SERVERS, SIZE, SubsettingTest::numbered);
            double rounding = 2.0 / (clients * SIZE / (double) SERVERS);
            assertThat(uses[0]).as(clients + " clients").isLessThan(1.01 + rounding);
            assertThat(uses[1]).as(clients + " clients").isGreaterThan(0.99 - rounding);
        }
    }

    @Test
    void smallStatefulSetsDoNotAllUseTheSameServers() {
        double[] uses = imbalance(90, SERVERS, SIZE, i -> Subsetting.of(SIZE, "client" + i / 3 + "-" + i % 3));
        assertThat(uses[0]).isLessThan(1.6);
        assertThat(uses[1]).isGreaterThan(0.4);
    }

    @Test
    void aNumberOfItsOwnIsOneOfAllClientsWhateverTheirNames() {
        double[] uses = imbalance(
                100,
                SERVERS,
                SIZE,
                i -> Subsetting.of(SIZE, "client" + i % 7 + "-" + i).withClientIndex(i));
        assertThat(uses[0]).isLessThan(1.11);
        assertThat(uses[1]).isGreaterThan(0.89);
    }

    @Test
    void aSubsetHasFewChangesWhenOneServerGoesOrComes() {
        List<Endpoint> servers = servers(SERVERS);
        Random random = new Random(5);
        int byName = 0;
        int byNumber = 0;
        for (int client = 0; client < 200; client++) {
            List<Endpoint> fewer = new ArrayList<>(servers);
            fewer.remove(random.nextInt(SERVERS));
            int named = changes(named(client), servers, fewer);
            int numbered = changes(numbered(client), servers, fewer);
            assertThat(named).as("client " + client).isLessThanOrEqualTo(1);
            assertThat(numbered).as("client " + client).isLessThanOrEqualTo(2);
            byName += named;
            byNumber += numbered;
        }
        assertThat(byName).as("a fifth of the clients have it").isBetween(25, 55);
        assertThat(byNumber).as("less than one for each client").isLessThan(200);
    }

    /** How many that were used are no longer, besides one that is gone. */
    private static int changes(Subsetting client, List<Endpoint> before, List<Endpoint> after) {
        Set<Endpoint> left = new HashSet<>(client.choose(before));
        client.choose(after).forEach(left::remove);
        return left.size();
    }

    @Test
    void theOrderOfEndpointsMakesNoDifference() {
        List<Endpoint> shuffled = new ArrayList<>(servers(SERVERS));
        Collections.shuffle(shuffled, new Random(3));
        assertThat(named(1).choose(shuffled)).containsExactlyElementsOf(named(1).choose(servers(SERVERS)));
        assertThat(numbered(1).choose(shuffled))
                .containsExactlyElementsOf(numbered(1).choose(servers(SERVERS)));
    }

    @Test
    void ofTenThousandPodsTwentyAreChosenAndNoneTwice() {
        assertThat(named(4).choose(servers(10_000))).hasSize(SIZE).doesNotHaveDuplicates();
        assertThat(numbered(4).choose(servers(10_000))).hasSize(SIZE).doesNotHaveDuplicates();
    }

    @Test
    void whereThereAreNoMoreAllAreUsed() {
        List<Endpoint> few = servers(SIZE);
        assertThat(named(1).choose(few)).isSameAs(few);
        assertThat(Subsetting.off().choose(few)).isSameAs(few);
    }

    @Test
    void aPodOfAStatefulSetIsKnownByItsNumberAndNoOther() {
        assertThat(Subsetting.of(5, "web-3").clientIndex()).hasValue(3);
        assertThat(Subsetting.of(5, "web-0").clientIndex()).hasValue(0);
        assertThat(Subsetting.of(5, "web-a-1234").clientIndex()).hasValue(1_234);
        assertThat(Subsetting.of(5, "web-7d9f8b6c5d-24567").clientIndex()).isEmpty();
        assertThat(Subsetting.of(5, "web-03").clientIndex()).isEmpty();
        assertThat(Subsetting.of(5, "web-x2k4q").clientIndex()).isEmpty();
        assertThat(Subsetting.of(5, "web").clientIndex()).isEmpty();
        assertThat(Subsetting.of(5, "web").withClientIndex(7).clientIndex()).hasValue(7);
        assertThat(Subsetting.of(5).client()).isNotEmpty();
    }

    @Test
    void aHostNameThatStaysIsWhatAServerIsKnownBy() {
        List<Endpoint> before = new ArrayList<>();
        List<Endpoint> after = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            before.add(Endpoint.builder("10.0.0." + (i + 1), 80)
                    .hostname("db-" + i)
                    .build());
            after.add(Endpoint.builder("10.0.1." + (i + 1), 80)
                    .hostname("db-" + i)
                    .build());
        }
        assertThat(named(1).choose(after).stream().map(Endpoint::hostname))
                .containsExactlyElementsOf(
                        named(1).choose(before).stream().map(Endpoint::hostname).toList());
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> Subsetting.of(0)).hasMessage("size: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> named(1).withClientIndex(-1)).hasMessage("clientIndex: -1 (expected: 0 or more)");
    }
}
