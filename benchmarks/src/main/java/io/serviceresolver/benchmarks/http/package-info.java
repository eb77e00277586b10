/** What a call by {@code ServiceHttpClient} costs, against the JDK's client by itself. */
@NullMarked
package io.serviceresolver.benchmarks.http;

import org.jspecify.annotations.NullMarked;
