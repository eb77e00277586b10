package io.serviceresolver.dns;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.Name;

/**
 * The addresses of one name, of one family. Both families are asked at the same time; as soon as the preferred one has
 * addresses, they count, whatever becomes of the other. So a Pod with two addresses counts once, and a family that
 * hangs delays nobody who has the other.
 */
sealed interface Addresses {

    /**
     * There are some.
     *
     * @param family their family
     * @param addresses the addresses, one or more
     * @param ttl their TTL in seconds
     * @param certainty whether the other family had its say
     */
    record Some(Family family, List<String> addresses, long ttl, Certainty certainty) implements Addresses {}

    /**
     * There are none, or it remains unknown.
     *
     * @param why any result but records
     */
    record None(LookupResult why) implements Addresses {}

    /** How sure it is that the addresses are those to use. */
    enum Certainty {
        CERTAIN,
        /** The preferred family failed: what is in use may still hold. */
        DOUBTFUL
    }

    /**
     * Asks.
     *
     * @param preferred the family whose addresses count, if there are any
     */
    static CompletableFuture<Addresses> find(Inquiry inquiry, Name name, Family preferred) {
        CompletableFuture<LookupResult> first = inquiry.ask(name, preferred.type);
        CompletableFuture<LookupResult> second = inquiry.ask(name, preferred.other().type);
        return first.thenCompose(answer -> {
            List<String> addresses = addresses(preferred, answer);
            if (answer instanceof LookupResult.Records records && !addresses.isEmpty()) {
                return done(new Some(preferred, addresses, records.ttl(), Certainty.CERTAIN));
            }
            if (answer instanceof LookupResult.NxDomain) {
                return done(new None(answer));
            }
            return second.thenApply(other -> merge(answer, preferred.other(), other));
        });
    }

    private static CompletableFuture<Addresses> done(Addresses found) {
        return CompletableFuture.completedFuture(found);
    }

    private static List<String> addresses(Family family, LookupResult result) {
        return result instanceof LookupResult.Records records ? family.addresses(records.records()) : List.of();
    }

    /** What counts where the preferred family gave no address: the other one, else what is known best. */
    private static Addresses merge(LookupResult preferred, Family family, LookupResult other) {
        List<String> addresses = addresses(family, other);
        if (other instanceof LookupResult.Records records && !addresses.isEmpty()) {
            boolean failed = preferred instanceof LookupResult.Failed;
            return new Some(family, addresses, records.ttl(), failed ? Certainty.DOUBTFUL : Certainty.CERTAIN);
        }
        if (other instanceof LookupResult.NxDomain) {
            return new None(other);
        }
        LookupResult least = preferred instanceof LookupResult.Failed ? preferred : other;
        return new None(least instanceof LookupResult.Records r ? new LookupResult.NoData(r.ttl()) : least);
    }
}
