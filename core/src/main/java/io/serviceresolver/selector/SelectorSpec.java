package io.serviceresolver.selector;

import io.serviceresolver.text.BadInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The object form of a selector, as API objects such as Deployments and NetworkPolicies carry it. Immutable.
 *
 * @param matchLabels values that labels must have; empty if there are none
 * @param matchExpressions further requirements; empty if there are none
 */
public record SelectorSpec(Map<String, String> matchLabels, List<Expression> matchExpressions) {

    /** Copies both. */
    public SelectorSpec {
        matchLabels = Map.copyOf(matchLabels);
        matchExpressions = List.copyOf(matchExpressions);
    }

    /**
     * One of {@link SelectorSpec#matchExpressions}. What it says is checked when a {@link LabelSelector} is made of it.
     *
     * @param key the key of the label
     * @param operator {@code In}, {@code NotIn}, {@code Exists} or {@code DoesNotExist}
     * @param values at least one for {@code In} and {@code NotIn}, none for the others
     */
    public record Expression(String key, String operator, List<String> values) {

        /** Copies the values. */
        public Expression {
            values = List.copyOf(values);
        }

        private Requirement requirement() {
            Operator known = switch (operator) {
                case "In" -> Operator.IN;
                case "NotIn" -> Operator.NOT_IN;
                case "Exists" -> Operator.EXISTS;
                case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
                default ->
                    throw BadInput.of("operator for label " + key, operator, "In, NotIn, Exists or DoesNotExist");
            };
            return new Requirement(key, known, values);
        }
    }

    List<Requirement> requirements() {
        List<Requirement> requirements = new ArrayList<>();
        matchLabels.forEach((key, value) -> requirements.add(new Requirement(key, Operator.EQUALS, List.of(value))));
        matchExpressions.forEach(expression -> requirements.add(expression.requirement()));
        return requirements;
    }
}
