package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads the ports of one EndpointSlice, those that can be called: TCP, with a name, which may be empty, and a number. A
 * name or a number that is missing has no meaning (kube-proxy passes over it too); one that is malformed is complained of.
 */
final class SlicePortReader {

    private static final int MAX_PORTS = 100;
    private static final int MAX_PORT = 65535;
    private static final Pattern NAME = Pattern.compile("|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final Consumer<String> complaints;
    private final List<SlicePort> ports = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private SlicePortReader(Consumer<String> complaints) {
        this.complaints = complaints;
    }

    static List<SlicePort> read(JsonNode list, Consumer<String> complaints) {
        SlicePortReader reader = new SlicePortReader(complaints);
        int index = 0;
        for (JsonNode port : list) {
            reader.add("ports[" + index++ + "]", port);
        }
        return reader.ports;
    }

    private void add(String where, JsonNode port) {
        JsonNode number = port.path("port");
        JsonNode name = port.path("name");
        if (!port.path("protocol").asText("TCP").equals("TCP") || isNothing(number) || isNothing(name)) {
            return;
        }
        if (!isPort(number)) {
            complaints.accept(where + ".port: " + number + " (expected: 1 to " + MAX_PORT + ")");
        } else if (!name.isTextual() || !NAME.matcher(name.asText()).matches()) {
            complaints.accept(where + ".name: " + name + " (expected: a DNS label)");
        } else if (ports.size() == MAX_PORTS) {
            complaints.accept(where + ": " + name.asText() + " (expected: " + MAX_PORTS + " ports at most)");
        } else if (!names.add(name.asText())) {
            complaints.accept(where + ".name: " + name.asText() + " (expected: no other port of that name)");
        } else {
            String protocol = port.path("appProtocol").asText("");
            ports.add(new SlicePort(name.asText(), number.asInt(), protocol.isEmpty() ? null : protocol));
        }
    }

    private static boolean isNothing(JsonNode value) {
        return value.isMissingNode() || value.isNull() || (value.isNumber() && value.asDouble() == 0);
    }

    private static boolean isPort(JsonNode number) {
        return number.isIntegralNumber()
                && number.canConvertToInt()
                && number.asInt() > 0
                && number.asInt() <= MAX_PORT;
    }
}
