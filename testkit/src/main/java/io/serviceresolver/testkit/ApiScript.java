package io.serviceresolver.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The faults that an {@link ApiServer} is told to have for some of its requests. Thread-safe. Of several that are meant
 * for a request the one told first comes first.
 */
public final class ApiScript {

    private final Rules rules;
    private final Predicate<ApiRequest> requests;

    ApiScript(Rules rules, Predicate<ApiRequest> requests) {
        this.rules = rules;
        this.requests = requests;
    }

    /**
     * The next such requests get these faults, one each, in order.
     *
     * @param faults one for each request
     */
    public void next(ApiFault... faults) {
        rules.add(new Rule(requests, new ArrayDeque<>(Arrays.asList(faults)), null));
    }

    /**
     * All such requests get this fault, until {@link ApiServer#heal}.
     *
     * @param fault the fault
     */
    public void always(ApiFault fault) {
        rules.add(new Rule(requests, new ArrayDeque<>(), fault));
    }

    private record Rule(
            Predicate<ApiRequest> requests,
            Deque<ApiFault> next,
            @Nullable ApiFault always) {}

    /** All rules of a server. */
    static final class Rules {

        /** Guarded by this. */
        private final List<Rule> rules = new ArrayList<>();

        synchronized void add(Rule rule) {
            rules.add(rule);
        }

        synchronized void clear() {
            rules.clear();
        }

        synchronized @Nullable ApiFault take(ApiRequest request) {
            for (Rule rule : rules) {
                if (rule.requests().test(request)) {
                    ApiFault fault =
                            rule.next().isEmpty() ? rule.always() : rule.next().remove();
                    if (fault != null) {
                        return fault;
                    }
                }
            }
            return null;
        }
    }
}
