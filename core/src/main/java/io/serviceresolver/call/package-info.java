/** One call to one endpoint: its lease and its outcome. */
@NullMarked
package io.serviceresolver.call;

import org.jspecify.annotations.NullMarked;
