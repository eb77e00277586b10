/** The demo, and examples that compile. */
@NullMarked
package io.serviceresolver.examples;

import org.jspecify.annotations.NullMarked;
