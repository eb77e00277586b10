package io.serviceresolver.routing;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.text.BadInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which endpoints this client uses where there are many: always the same ones, so that connections are few and stay.
 * Immutable; off by default.
 *
 * <p>Each client has a subset of its own, which follows from its name and theirs. When an endpoint goes, one takes its place
 * in the subsets that had it; when one comes, it takes one place in some.
 *
 * <ul>
 *   <li>A client without a number takes the endpoints that rank highest by a hash of both names (random subsetting by
 *       rendezvous hashing, gRFC A68). Subsets are as even as chance: of 1,000 clients with 20 of 100 endpoints each, 200 use
 *       an endpoint on average, and the most used one has 15 % more; of 100 clients, 60 %.
 *   <li>A client with a number, as a Pod of a StatefulSet, takes endpoints that are next to each other on a ring (deterministic
 *       aperture, Finagle). Clients begin at the multiples of the golden ratio, which lie evenly on it however many they
 *       are, so that none moves when others come: the most used endpoint has 1 % more in the same case, and 5 % of 100 clients.
 *       Each StatefulSet has a ring of its own, so that small ones do not all use the same endpoints.
 * </ul>
 *
 * <p>A subset is chosen of the ready endpoints, whatever calls show of their health: those of it that are left alone are not
 * replaced. Each priority has a subset of its own, and with a {@link LocalityPolicy} each zone.
 *
 * @param size how many endpoints: 1 or more; {@link Integer#MAX_VALUE} for all
 * @param client what tells this client from all others; empty where its number does
 * @param clientIndex the number of this client, from 0 on, where it has one: among those whose names differ from its own by the
 *     number at the end only, or among all where that is not the end of its name
 */
public record Subsetting(int size, String client, OptionalInt clientIndex) {

    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

    /** The name of a Pod of a StatefulSet. What a ReplicaSet makes up has five characters. */
    private static final Pattern ORDINAL = Pattern.compile(".+-(0|[1-9][0-9]{0,3})");

    private static final Subsetting OFF = new Subsetting(Integer.MAX_VALUE, "", OptionalInt.empty());

    private record Ranked(Endpoint endpoint, long rank) {}

    private static final Comparator<Ranked> BY_RANK = Comparator.comparingLong(Ranked::rank)
            .thenComparing(one -> one.endpoint().authority());

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is out of range
     */
    public Subsetting {
        if (size < 1) {
            throw BadInput.of("size", Integer.toString(size), "1 or more");
        }
        if (clientIndex.orElse(0) < 0) {
            throw BadInput.of("clientIndex", Integer.toString(clientIndex.orElse(0)), "0 or more");
        }
    }

    /** All clients use all endpoints. */
    public static Subsetting off() {
        return OFF;
    }

    /**
     * A subset for this process. It is known by its host name (the environment variable {@code HOSTNAME}), which is the name
     * of the Pod, and has the number at the end of it where that is the name of a Pod of a StatefulSet; without a host name
     * it is known by a random one.
     *
     * @param size how many endpoints: 1 or more
     * @return the policy
     * @throws IllegalArgumentException if it is less
     */
    public static Subsetting of(int size) {
        String host = System.getenv().getOrDefault("HOSTNAME", "");
        return of(size, host.isEmpty() ? UUID.randomUUID().toString() : host);
    }

    /**
     * A subset for a client, such as one of several in a process, or one on the network of its node.
     *
     * @param size how many endpoints: 1 or more
     * @param client its name, by which it has a number too where that is the name of a Pod of a StatefulSet: {@code web-3}
     * @return the policy
     * @throws IllegalArgumentException if the size is less than 1
     */
    public static Subsetting of(int size, String client) {
        Matcher ordinal = ORDINAL.matcher(client);
        OptionalInt index =
                ordinal.matches() ? OptionalInt.of(Integer.parseInt(ordinal.group(1))) : OptionalInt.empty();
        return new Subsetting(size, client, index);
    }

    /**
     * This policy for a client that is known by a number, and no longer by a name.
     *
     * @param index which no other client of the same services has: 0, 1, and so on, with few gaps
     * @return the new policy
     * @throws IllegalArgumentException if it is negative
     */
    public Subsetting withClientIndex(int index) {
        return new Subsetting(size, "", OptionalInt.of(index));
    }

    /** Whether any endpoint is ever left out. */
    public boolean isEnabled() {
        return size < Integer.MAX_VALUE;
    }

    /**
     * The subset of some endpoints.
     *
     * @param endpoints some endpoints, in any order
     * @return {@link #size} of them at most, in an order of their own; all of them where they are no more
     */
    public List<Endpoint> choose(List<Endpoint> endpoints) {
        if (endpoints.size() <= size) {
            return endpoints;
        }
        long salt = salt();
        List<Ranked> ranked = new ArrayList<>(endpoints.size());
        for (Endpoint endpoint : endpoints) {
            ranked.add(new Ranked(endpoint, Hashes.mix(salt ^ Hashes.of(identity(endpoint)))));
        }
        ranked.sort(BY_RANK);
        int count = ranked.size();
        int begin = clientIndex.isPresent() ? (int) (place(clientIndex.getAsInt()) * count) : 0;
        List<Endpoint> chosen = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            chosen.add(ranked.get((begin + i) % count).endpoint());
        }
        return List.copyOf(chosen);
    }

    /** Who has the same sees the same ring: whoever is numbered together. */
    private long salt() {
        if (clientIndex.isEmpty()) {
            return Hashes.of(client);
        }
        String number = "-" + clientIndex.getAsInt();
        return client.endsWith(number) ? Hashes.of(client.substring(0, client.length() - number.length())) : 0;
    }

    /** What outlives the address where that is possible: the host name that a Pod of a StatefulSet keeps. */
    private static String identity(Endpoint endpoint) {
        return endpoint.hostname().map(name -> name + ":" + endpoint.port()).orElseGet(endpoint::authority);
    }

    /** Where on the ring a client begins: 0 to below 1. */
    private static double place(int index) {
        double turns = index * GOLDEN_RATIO;
        return turns - Math.floor(turns);
    }
}
