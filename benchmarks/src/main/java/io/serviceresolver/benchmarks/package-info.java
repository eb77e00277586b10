/** What a pick, a call and an update cost: this library, the least that any could do, and others, by one harness. */
@NullMarked
package io.serviceresolver.benchmarks;

import org.jspecify.annotations.NullMarked;
