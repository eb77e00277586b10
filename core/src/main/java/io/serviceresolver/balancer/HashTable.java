package io.serviceresolver.balancer;

/** Where hashes belong: a circle of places, each of which belongs to a candidate. Immutable. */
sealed interface HashTable permits HashRing, MaglevTable {

    /** A table for others, most of which may be the same. */
    HashTable next(HashMembers members);

    /** The place of a hash. */
    int place(long hash);

    /** The index of the candidate that a place belongs to. */
    int owner(int place);

    /** How many places there are. */
    int size();
}
