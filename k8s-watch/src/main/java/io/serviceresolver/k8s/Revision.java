package io.serviceresolver.k8s;

import org.jspecify.annotations.Nullable;

/**
 * Which version of an object of the API something was read from. Two are equal when the version is: when we learnt of it
 * tells nothing about the object.
 *
 * @param version its {@code resourceVersion}: opaque
 * @param learntNanos when it came, by the ticker
 */
record Revision(String version, long learntNanos) {

    /** Of an object that did not come from the API. */
    static final Revision NONE = new Revision("", 0);

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Revision that && version.equals(that.version);
    }

    @Override
    public int hashCode() {
        return version.hashCode();
    }
}
