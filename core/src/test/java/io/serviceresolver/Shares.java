package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.assertj.core.data.Offset;

/** Which shares of many picks go where. */
final class Shares {

    private Shares() {}

    /** The share of picks of each kind of endpoint. */
    static Map<String, Double> of(ServiceHandle handle, int picks, Function<Endpoint, String> kind) {
        Map<String, Double> counts = new TreeMap<>();
        for (int i = 0; i < picks; i++) {
            counts.merge(kind.apply(handle.resolve()), 1.0, Double::sum);
        }
        counts.replaceAll((name, count) -> count / picks);
        return counts;
    }

    /** The share of picks of each endpoint, by its address. */
    static Map<String, Double> of(ServiceHandle handle, int picks) {
        return of(handle, picks, Endpoint::address);
    }

    static void assertShares(Map<String, Double> shares, Map<String, Double> expected, double tolerance) {
        assertThat(shares.keySet()).isEqualTo(new TreeMap<>(expected).keySet());
        expected.forEach((kind, share) ->
                assertThat(shares.get(kind)).as("%s of %s", kind, shares).isCloseTo(share, Offset.offset(tolerance)));
    }
}
