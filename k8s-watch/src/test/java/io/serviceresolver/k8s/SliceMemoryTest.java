package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serviceresolver.endpoint.EndpointParts;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.testkit.Heap;
import io.serviceresolver.testkit.SliceJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How much memory the endpoints of slices take that were read, with the set that they amount to. */
class SliceMemoryTest {

    private static final int SLICES = 100;
    private static final int EACH = 100;
    private static final int NODES = 300;

    private static byte[] slice(int number) {
        SliceJson slice = WatchLab.skippy("skippy-" + number);
        for (int i = number * EACH; i < (number + 1) * EACH; i++) {
            int pod = i;
            slice.endpoint("10.1." + i / 250 + "." + i % 250, endpoint -> describe(endpoint, pod));
        }
        return slice.json().toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void describe(ObjectNode endpoint, int number) {
        endpoint.put("nodeName", "ip-10-0-" + number % NODES + ".eu-central-1.compute.internal");
        endpoint.put("zone", "eu-central-1" + (char) ('a' + number % 3));
        endpoint.putObject("targetRef")
                .put("kind", "Pod")
                .put("name", "skippy-6d4cf56db6-" + Integer.toString(number + 2_000_000, 36))
                .put("uid", new UUID(number * 0x9E3779B97F4A7C15L, ~number).toString());
    }

    /** Slices, and the set that they amount to. */
    private record Known(SliceMerge merge, EndpointSet set) {}

    private static Known known() throws IOException {
        Complaints none = new Complaints(LoggerFactory.getLogger(SliceMemoryTest.class), () -> 0);
        SliceReader reader = new SliceReader(Views.SKIPPY, none, new EndpointParts());
        SliceMerge merge = new SliceMerge(0);
        for (int i = 0; i < SLICES; i++) {
            merge.put(reader.read(Json.tree(slice(i))).orElseThrow(), 0);
        }
        return new Known(merge, EndpointSet.of(merge.union(PortChoice.named("http"), List.of(IpFamily.values()), 0)));
    }

    @Test
    void keepsNumbersAndWhatIsSharedOfEachEndpoint() throws Exception {
        assertThat(known().set().size()).isEqualTo(SLICES * EACH);
        long each = Heap.heldBy(SliceMemoryTest::known) / (SLICES * EACH);
        // An endpoint, its identity, two references to it and some two places in an index. Its text is some 400 bytes.
        assertThat(each).as("bytes for each endpoint").isBetween(60L, 130L);
    }
}
