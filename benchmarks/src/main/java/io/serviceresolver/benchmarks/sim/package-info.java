/**
 * The tail of latencies: a discrete-event simulation of servers with queues and of clients that share nothing, each of
 * which is this library, whole. Everything of a run happens on one thread, in simulated time, from one seed.
 */
@NullMarked
package io.serviceresolver.benchmarks.sim;

import org.jspecify.annotations.NullMarked;
