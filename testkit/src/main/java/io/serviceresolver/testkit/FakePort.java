package io.serviceresolver.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A TCP port of a {@link FakeService}; of the targets one is set. */
record FakePort(
        String name,
        int number,
        int target,
        String targetName,
        @Nullable String appProtocol) {

    /** As the slice of this Pod has it, if it does. */
    Optional<ObjectNode> in(FakePod pod) {
        Optional<Integer> port = targetName.isEmpty() ? Optional.of(target) : pod.containerPort(targetName);
        return port.map(each -> common().put("port", each));
    }

    /** As the Service has it. */
    ObjectNode json() {
        ObjectNode json = common().put("port", number);
        return targetName.isEmpty() ? json.put("targetPort", target) : json.put("targetPort", targetName);
    }

    private ObjectNode common() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("protocol", "TCP")
                .put("appProtocol", appProtocol);
    }
}
