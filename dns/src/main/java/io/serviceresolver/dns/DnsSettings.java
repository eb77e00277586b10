package io.serviceresolver.dns;

import java.time.Duration;

/**
 * The checked values of a {@link DnsSourceBuilder}.
 *
 * @param queryTimeout how long one try waits
 * @param hedgeDelay after how long without an answer the next try starts
 * @param tries how often one question is asked at most
 * @param refreshTimeout how long one refresh takes at most
 * @param minTtl the shortest time between two refreshes
 * @param maxTtl the longest one
 * @param jitter by which fraction times are varied
 * @param negativeHold how long a set outlives negative answers
 * @param maxAddresses how many endpoints a set has at most
 * @param payload the size of UDP answers that servers are told is taken
 */
record DnsSettings(
        Duration queryTimeout,
        Duration hedgeDelay,
        int tries,
        Duration refreshTimeout,
        Duration minTtl,
        Duration maxTtl,
        double jitter,
        Duration negativeHold,
        int maxAddresses,
        int payload) {}
