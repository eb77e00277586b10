package io.serviceresolver.benchmarks.sim;

/**
 * How calls fared.
 *
 * @param p50 the median of the latencies of calls that went well, in milliseconds
 * @param p99 the latency that one of a hundred exceeds, in milliseconds
 * @param p999 the latency that one of a thousand exceeds, in milliseconds
 * @param failed how many of a hundred failed
 * @param calls how many calls there were
 */
record Tail(double p50, double p99, double p999, double failed, long calls) {}
