package io.serviceresolver.selector;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Selectors a second time, slow and by regular expressions: what the real ones are held against. Short texts only. */
final class ReferenceSelector {

    private static final String S = "[ \\t\\r\\n]*";
    private static final String WORD = "[^ \\t\\r\\n=!(),<>]+";
    private static final String SET = S + "(" + WORD + ")?" + S;
    private static final Pattern ABSENT = Pattern.compile(S + "!" + S + "(" + WORD + ")" + S);
    private static final Pattern PRESENT = Pattern.compile(S + "(" + WORD + ")" + S);
    private static final Pattern COMPARED =
            Pattern.compile(S + "(" + WORD + ")" + S + "(==|!=|=|<|>)" + S + "(" + WORD + ")?" + S);
    private static final Pattern LISTED =
            Pattern.compile(S + "(" + WORD + ")[ \\t\\r\\n]+(in|notin)" + S + "\\((" + SET + "(," + SET + ")*)\\)" + S);

    private static final String NAME = "(?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?";
    private static final Pattern KEY = Pattern.compile(
            "((?=[^/]{1,253}/)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?" + NAME);
    private static final Pattern VALUE = Pattern.compile("(" + NAME + ")?");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");

    private final List<Condition> conditions = new ArrayList<>();
    private boolean valid = true;

    private record Condition(String key, String operator, Set<String> values) {}

    ReferenceSelector(String text) {
        if (text.matches(S)) {
            return;
        }
        // A comma within parentheses does not part requirements; parentheses do not nest.
        for (String part : text.split(",(?![^()]*\\))", -1)) {
            valid &= read(part);
        }
    }

    boolean isValid() {
        return valid;
    }

    private boolean read(String part) {
        Matcher absent = ABSENT.matcher(part);
        Matcher present = PRESENT.matcher(part);
        Matcher compared = COMPARED.matcher(part);
        Matcher listed = LISTED.matcher(part);
        if (absent.matches()) {
            return add(absent.group(1), "!", Set.of());
        }
        if (present.matches()) {
            return add(present.group(1), "", Set.of());
        }
        if (compared.matches()) {
            String value = compared.group(3) == null ? "" : compared.group(3);
            return add(compared.group(1), compared.group(2), Set.of(value));
        }
        if (!listed.matches()) {
            return false;
        }
        Set<String> values = new HashSet<>();
        for (String value : listed.group(3).split(",", -1)) {
            values.add(value.replaceAll("[ \\t\\r\\n]", ""));
        }
        return add(listed.group(1), listed.group(2), values);
    }

    private boolean add(String key, String operator, Set<String> values) {
        conditions.add(new Condition(key, operator, values));
        boolean ordered = operator.equals("<") || operator.equals(">");
        return KEY.matcher(key).matches()
                && values.stream().allMatch(value -> VALUE.matcher(value).matches())
                && (!ordered || values.stream().allMatch(ReferenceSelector::isInteger));
    }

    boolean matches(Map<String, String> labels) {
        return conditions.stream().allMatch(condition -> meets(condition, labels));
    }

    private static boolean meets(Condition condition, Map<String, String> labels) {
        boolean present = labels.containsKey(condition.key());
        String value = labels.getOrDefault(condition.key(), "");
        return switch (condition.operator()) {
            case "" -> present;
            case "!" -> !present;
            case "=", "==", "in" -> present && condition.values().contains(value);
            case "!=", "notin" -> !present || !condition.values().contains(value);
            case ">" -> present && isInteger(value) && order(value, condition) > 0;
            case "<" -> present && isInteger(value) && order(value, condition) < 0;
            default -> throw new AssertionError(condition);
        };
    }

    private static int order(String value, Condition condition) {
        return new BigInteger(value)
                .compareTo(new BigInteger(condition.values().iterator().next()));
    }

    private static boolean isInteger(String text) {
        return INTEGER.matcher(text).matches() && new BigInteger(text).bitLength() < 64;
    }
}
