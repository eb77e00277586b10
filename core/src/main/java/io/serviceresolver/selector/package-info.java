/**
 * The API server's label selectors: grammar, validation and matching, and an index over many of them.
 *
 * <p>Start at {@link io.serviceresolver.selector.LabelSelector} for one selector, at
 * {@link io.serviceresolver.selector.SelectorIndex} for many selectors over many labelled objects.
 */
@NullMarked
package io.serviceresolver.selector;

import org.jspecify.annotations.NullMarked;
