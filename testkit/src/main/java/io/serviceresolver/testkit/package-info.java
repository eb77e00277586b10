/** Tools for tests of what discovers and calls services: virtual time, servers that follow a script, a fake cluster. */
@NullMarked
package io.serviceresolver.testkit;

import org.jspecify.annotations.NullMarked;
