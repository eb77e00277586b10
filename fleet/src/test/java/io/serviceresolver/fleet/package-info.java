/** What callers see of whole fleets of servers. */
@org.jspecify.annotations.NullMarked
package io.serviceresolver.fleet;
