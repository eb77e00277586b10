package io.serviceresolver.balancer;

import java.util.random.RandomGenerator;

/** Chooses by key: the owner of the key's place, or of the next place whose owner may get one call more. */
final class HashPicker implements Picker {

    /** After so many places it takes what it saw: some owner is free nearly always before. */
    private static final int MOST_PLACES = 1_024;

    private final HashTable table;
    private final BoundedLoad bound;
    private final RandomGenerator random;

    HashPicker(HashTable table, BoundedLoad bound, RandomGenerator random) {
        this.table = table;
        this.bound = bound;
        this.random = random;
    }

    @Override
    public Candidate pick() {
        return choose(random.nextLong());
    }

    @Override
    public Candidate pick(String key) {
        return choose(StableHash.of(key));
    }

    @Override
    public Candidate begin(String key) {
        Candidate chosen = pick(key);
        chosen.begin();
        return chosen;
    }

    private Candidate choose(long hash) {
        int place = table.place(hash);
        int owner = table.owner(place);
        return bound.isAlwaysFree(owner) ? bound.candidate(owner) : choose(place, bound.total(random.nextInt()));
    }

    private Candidate choose(int start, long total) {
        int best = table.owner(start);
        int place = start;
        for (int tried = 0; tried < Math.min(table.size(), MOST_PLACES); tried++) {
            int owner = table.owner(place);
            if (bound.isFree(owner, total)) {
                return bound.candidate(owner);
            }
            best = bound.isLess(owner, best) ? owner : best;
            place = place + 1 == table.size() ? 0 : place + 1;
        }
        return bound.candidate(best);
    }
}
