/** What came of it: results, and how they are written down. */
@NullMarked
package io.serviceresolver.benchmarks.report;

import org.jspecify.annotations.NullMarked;
