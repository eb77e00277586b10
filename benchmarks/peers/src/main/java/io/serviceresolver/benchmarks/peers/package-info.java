/** Other libraries, asked as their users ask them, by their public classes. */
@NullMarked
package io.serviceresolver.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
