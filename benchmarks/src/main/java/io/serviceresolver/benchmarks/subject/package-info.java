/** What is measured: this library, and the least that any could do; other modules add more by {@link SubjectProvider}. */
@NullMarked
package io.serviceresolver.benchmarks.subject;

import org.jspecify.annotations.NullMarked;
