package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.source.SourceSubscription;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiRequest;
import io.serviceresolver.testkit.ApiVerb;
import io.serviceresolver.testkit.SliceJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many Services of one namespace: what they cost the API server, and that nobody notices how they are watched. */
class NamespaceWatchTest {

    private static final int NARROW = WatchOptions.DEFAULTS.namespaceWatchAbove();
    private static final Predicate<ApiRequest> SLICES =
            request -> request.resource().equals("endpointslices");
    private static final Predicate<ApiRequest> WIDE =
            SLICES.and(request -> request.parameter("labelSelector").isEmpty());

    private final WatchLab lab = new WatchLab();
    private final List<Follower> followers = new ArrayList<>();

    @AfterEach
    void close() {
        lab.close();
    }

    private static SliceJson slice(String name, int service) {
        return SliceJson.slice(name)
                .namespace("shield")
                .service("service-" + service)
                .port("http", 8080);
    }

    private void service(int service) {
        lab.server.put(slice("slice-" + service, service)
                .pod("127.0.1." + (service + 1), "pod-" + service)
                .json());
    }

    private static String found(int service) {
        return "found 127.0.1." + (service + 1) + ":8080";
    }

    private void followAll(int from, int to) {
        for (int i = from; i < to; i++) {
            service(i);
            followers.add(lab.follow("service-" + i));
        }
        for (int i = from; i < to; i++) {
            lab.until(followers.get(i), found(i));
        }
    }

    private long count(Predicate<ApiRequest> requests) {
        return lab.server.requests().stream().filter(requests).count();
    }

    /** Follows so many that one watch has taken the place of all, and waits until the source knows that it is open. */
    private void widen(int services) {
        followAll(0, NARROW);
        lab.settle(2 * NARROW);
        followAll(NARROW, services);
        lab.settle(2 * NARROW + 2);
        lab.server.awaitWatches(1);
    }

    private void untilOneWatch(int requests) {
        lab.until(() -> "one watch", () -> count(WIDE) == requests);
        lab.server.awaitWatches(1);
    }

    @Test
    void asksForThirtyServicesByEighteenRequestsAtMostAndForOneMoreByNone() {
        followAll(0, 30);
        untilOneWatch(2);
        assertThat(count(SLICES)).isLessThanOrEqualTo(2L * NARROW + 2);
        assertThat(count(WIDE)).isEqualTo(2);
        long before = lab.source.requests();
        followAll(30, 31);
        assertThat(lab.source.requests()).isEqualTo(before);
        assertThat(lab.server.requests())
                .allSatisfy(request -> assertThat(request.namespace()).hasValue("shield"));
    }

    @Test
    void watchesEachByItselfWhileTheyAreFew() {
        followAll(0, NARROW);
        lab.server.awaitWatches(NARROW);
        assertThat(count(WIDE)).isZero();
        assertThat(lab.source.requests()).isEqualTo(2L * NARROW);
    }

    @Test
    void lacksNothingWhileOneWatchTakesThePlaceOfMany() {
        followAll(0, NARROW);
        lab.server.awaitWatches(NARROW);
        followAll(NARROW, NARROW + 1);
        untilOneWatch(2);
        for (int i = 0; i <= NARROW; i++) {
            lab.server.put(
                    slice("more-" + i, i).pod("127.0.2." + (i + 1), "more").json());
            lab.until(followers.get(i), "found 127.0.2." + (i + 1) + ":8080 " + found(i).substring(6));
            assertThat(followers.get(i).all()).hasSize(2).startsWith(found(i));
        }
        ApiRequest list = lab.server.requests(ApiVerb.LIST).stream()
                .filter(WIDE)
                .findFirst()
                .orElseThrow();
        // Not older than what the narrow watches have seen.
        assertThat(list.parameter("resourceVersionMatch")).isEqualTo("NotOlderThan");
    }

    @Test
    void tellsEachServiceOnlyWhatIsNewOfIt() {
        widen(NARROW + 1);
        lab.server.put(slice("slice-0", 1).pod("127.0.1.1", "pod-0").json());
        lab.until(followers.get(1), "found 127.0.1.1:8080 127.0.1.2:8080");
        lab.until(() -> "the slice that went to another Service", () -> {
            lab.advance(Duration.ofSeconds(1));
            return followers.get(0).last().startsWith("absent");
        });
        lab.server.delete(slice("slice-0", 1).json());
        lab.until(() -> "the slice that is gone", () -> {
            lab.advance(Duration.ofSeconds(1));
            return followers.get(1).last().equals(found(1));
        });
        for (int i = 2; i <= NARROW; i++) {
            assertThat(followers.get(i).all()).containsExactly(found(i));
        }
    }

    @Test
    void staysNarrowWhereTheNamespaceMayNotBeListedAndAsksOnce() {
        lab.server.on(WIDE).always(ApiFault.status(403));
        followAll(0, NARROW + 4);
        lab.server.awaitWatches(NARROW + 4);
        assertThat(count(WIDE)).isOne();
        for (int i = 0; i < NARROW + 4; i++) {
            assertThat(followers.get(i).all()).containsExactly(found(i));
        }
        // Another Service is no reason to ask again, ten minutes are.
        followAll(NARROW + 4, NARROW + 5);
        assertThat(count(WIDE)).isOne();
        lab.server.heal();
        lab.advance(Duration.ofMinutes(10));
        followAll(NARROW + 5, NARROW + 6);
        untilOneWatch(3);
    }

    @ParameterizedTest
    @MethodSource
    void keepsNobodyWaitingForAListOfTheNamespaceThatDoesNotCome(ApiFault fault) {
        lab.server.on(WIDE).always(fault);
        followAll(0, NARROW);
        for (int i = NARROW; i < NARROW + 3; i++) {
            service(i);
            followers.add(lab.follow("service-" + i));
        }
        lab.advance(Duration.ofSeconds(1));
        for (int i = 0; i < NARROW + 3; i++) {
            lab.until(followers.get(i), found(i));
        }
    }

    static List<ApiFault> keepsNobodyWaitingForAListOfTheNamespaceThatDoesNotCome() {
        return List.of(ApiFault.status(500), ApiFault.status(429), ApiFault.disconnect(), ApiFault.mute());
    }

    @Test
    void becomesNarrowAgainWhenTheRightToTheNamespaceIsTakenAway() {
        widen(NARROW + 1);
        lab.server.on(WIDE).always(ApiFault.status(403));
        lab.heard(lab.server::resetWatches);
        lab.nextRequest();
        lab.hear("403 for the watch");
        lab.nextRequest();
        lab.hear("403 for the list");
        lab.until(() -> "narrow watches", () -> count(SLICES.and(WIDE.negate())) >= 2L * (NARROW + 1));
        lab.server.put(slice("more", 3).pod("127.0.2.9", "more").json());
        lab.until(followers.get(3), "found 127.0.2.9:8080 " + found(3).substring(6));
        for (int i = 0; i <= NARROW; i++) {
            assertThat(followers.get(i).all()).allMatch(said -> said.startsWith("found"));
        }
    }

    @Test
    void tellsAllWhenTheOneWatchIsBrokenAndWhenItIsBack() {
        widen(NARROW + 1);
        lab.server.on(ApiVerb.WATCH).always(ApiFault.status(503));
        lab.heard(lab.server::resetWatches);
        lab.afterRequests(
                "unavailable",
                () -> followers.stream().allMatch(one -> one.last().startsWith("unavailable")));
        Follower late = lab.follow("service-late");
        lab.untilSaid(late, "503");
        lab.server.heal();
        lab.afterRequests(
                "found", () -> followers.stream().allMatch(one -> one.last().startsWith("found")));
        lab.untilSaid(late, "absent");
    }

    @Test
    void believesAnEmptyNamespaceOnlyWhenASecondListSaysSo() {
        widen(NARROW + 1);
        lab.server.on(ApiVerb.LIST).next(ApiFault.text("{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[]}"));
        lab.heard(() -> lab.server.sendError(410));
        lab.afterRequests("a second list", () -> count(WIDE.and(one -> one.verb() == ApiVerb.LIST)) == 3);
        for (int i = 0; i <= NARROW; i++) {
            assertThat(followers.get(i).all()).containsExactly(found(i));
        }
    }

    @Test
    void endsTheOneWatchWithTheLastServiceAndStartsNarrowAgain() {
        widen(NARROW + 1);
        lab.subscriptions.forEach(SourceSubscription::close);
        lab.time.runDue();
        lab.server.awaitWatches(0);
        assertThat(lab.time.pending()).isZero();
        Follower again = lab.follow("service-0");
        lab.until(again, found(0));
        assertThat(count(WIDE)).isEqualTo(2);
    }
}
