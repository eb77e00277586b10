/** The API server's label selectors: grammar, validation, matching, and an index over many of them. */
@NullMarked
package io.serviceresolver.selector;

import org.jspecify.annotations.NullMarked;
