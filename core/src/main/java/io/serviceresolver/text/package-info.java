/** Text for people: what others wrote, made fit for a line of a log, and how bad input is reported. */
@NullMarked
package io.serviceresolver.text;

import org.jspecify.annotations.NullMarked;
