/** What HTTP servers see of the client's requests. */
@NullMarked
package io.serviceresolver.interop;

import org.jspecify.annotations.NullMarked;
