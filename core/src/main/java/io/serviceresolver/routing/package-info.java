/** Where calls may go, and in which shares, before a balancer chooses: what a user sets. */
@NullMarked
package io.serviceresolver.routing;

import org.jspecify.annotations.NullMarked;
