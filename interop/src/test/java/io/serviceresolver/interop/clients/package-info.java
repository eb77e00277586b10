/** What is built on the JDK's HTTP client, over ours. */
@NullMarked
package io.serviceresolver.interop.clients;

import org.jspecify.annotations.NullMarked;
