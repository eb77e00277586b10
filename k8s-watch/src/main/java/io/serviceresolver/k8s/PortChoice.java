package io.serviceresolver.k8s;

import org.jspecify.annotations.Nullable;

/** Which port of each slice is meant: another number in each perhaps, and none in some. */
@FunctionalInterface
interface PortChoice {

    /** The port meant, or null where this slice has none such. */
    @Nullable
    SlicePort in(Slice slice);

    /** None of any slice. */
    static PortChoice none() {
        return slice -> null;
    }

    static PortChoice named(String name) {
        return slice -> slice.ports().stream()
                .filter(port -> port.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The port of this number, by the number that the Pods know it by. */
    static PortChoice target(int number) {
        return slice -> slice.ports().stream()
                .filter(port -> port.number() == number)
                .findFirst()
                .orElse(null);
    }

    /** This number, for slices that have no ports: those of a headless Service without ports. */
    static PortChoice portless(int number) {
        SlicePort port = new SlicePort("", number, null);
        return slice -> slice.isPortless() ? port : null;
    }
}
