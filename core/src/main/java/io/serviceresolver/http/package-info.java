/** A {@link java.net.http.HttpClient} that calls services by name: {@link io.serviceresolver.http.ServiceHttpClient}. */
@NullMarked
package io.serviceresolver.http;

import org.jspecify.annotations.NullMarked;
