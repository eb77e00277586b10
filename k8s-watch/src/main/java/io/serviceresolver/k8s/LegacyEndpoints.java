package io.serviceresolver.k8s;

import java.util.List;

/**
 * An Endpoints object ({@code v1}), as slices.
 *
 * @param slices what it amounts to
 * @param isTruncated whether it says that it holds only a part of the endpoints
 */
record LegacyEndpoints(List<Slice> slices, boolean isTruncated) {

    /** Copies the list. */
    LegacyEndpoints {
        slices = List.copyOf(slices);
    }
}
