package io.serviceresolver.k8s;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Addresses, some of which have to be looked up: a name that cannot be looked up counts only where nothing else is. */
final class NameAddresses {

    private final Around around;
    private final List<String> addresses = new ArrayList<>();
    private boolean waiting;
    private @Nullable String problem;

    NameAddresses(Around around) {
        this.around = around;
    }

    void add(String address) {
        addresses.add(address);
    }

    /** Adds the addresses of a name in DNS, which the host's search list is not to complete. */
    void lookUpAbsolute(String name) {
        lookUp(name.endsWith(".") ? name : name + ".");
    }

    /** Adds the addresses of a name: those that are known. */
    List<String> lookUp(String name) {
        Knowledge<List<String>> host = around.host(name);
        List<String> found = List.of();
        if (host instanceof Knowledge.Known<List<String>> known) {
            found = known.value();
        } else if (host instanceof Knowledge.Lost<List<String>> lost) {
            problem = lost.reason();
        } else {
            waiting = true;
        }
        addresses.addAll(found);
        return found;
    }

    /** What is made of the addresses; but while a name is being looked up, or where nothing is left, that. */
    RouteAnswer orElse(Function<List<String>, RouteAnswer> made) {
        if (waiting) {
            return new RouteAnswer.Waiting();
        }
        return addresses.isEmpty() && problem != null
                ? new RouteAnswer.Unavailable(problem)
                : made.apply(List.copyOf(addresses));
    }
}
