/** Where endpoints come from: the SPI, and the sources that need nothing but the JDK. */
@NullMarked
package io.serviceresolver.source;

import org.jspecify.annotations.NullMarked;
