package io.serviceresolver.balancer;

import java.util.random.RandomGenerator;

/** Chooses by key: the owner of the key's place, or of the next place whose owner may get one call more. */
final class HashPicker implements Picker {

    private final Candidate[] all;
    private final HashTable table;
    private final BoundedLoad bound;
    private final RandomGenerator random;

    HashPicker(Candidate[] all, HashTable table, BoundedLoad bound, RandomGenerator random) {
        this.all = all;
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
        Candidate first = all[table.owner(place)];
        if (first.inFlight() == 0) {
            return first;
        }
        long total = bound.total();
        for (int tried = 0; tried < table.size(); tried++) {
            int owner = table.owner(place);
            if (bound.isFree(owner, total)) {
                return all[owner];
            }
            place = place + 1 == table.size() ? 0 : place + 1;
        }
        return first;
    }
}
