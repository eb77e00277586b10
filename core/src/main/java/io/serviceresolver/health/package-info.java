/** What calls say of the endpoints they went to, and which endpoints are left alone for a while because of it. */
@NullMarked
package io.serviceresolver.health;

import org.jspecify.annotations.NullMarked;
