package io.serviceresolver.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.serviceresolver.selector.SelectorSpec.Expression;
import io.serviceresolver.text.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to make a selector other than from text, and selectors as values. */
class SelectorFormsTest {

    private static final Map<String, String> ANY = Map.of("a", "1");

    @Test
    void everythingMatchesEverything() {
        LabelSelector everything = LabelSelector.everything();

        assertThat(everything.matches(Map.of())).isTrue();
        assertThat(everything.matches(ANY)).isTrue();
        assertThat(everything.isEverything()).isTrue();
        assertThat(everything.isNothing()).isFalse();
        assertThat(everything.requirements()).isEmpty();
        assertThat(everything).hasToString("").isEqualTo(LabelSelector.parse(""));
    }

    @Test
    void nothingMatchesNothingAndIsNotTakenForEverythingWhenPrinted() {
        LabelSelector nothing = LabelSelector.nothing();

        assertThat(nothing.matches(Map.of())).isFalse();
        assertThat(nothing.matches(ANY)).isFalse();
        assertThat(nothing.isEverything()).isFalse();
        assertThat(nothing.isNothing()).isTrue();
        assertThat(nothing.requirements()).isEmpty();
        assertThat(nothing).isNotEqualTo(LabelSelector.everything()).isEqualTo(LabelSelector.nothing());
        assertThat(nothing).hasToString("<nothing>");
        assertThatIllegalArgumentException().isThrownBy(() -> LabelSelector.parse(nothing.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "!a", "a=1", "a,!a", "a=1,a!=1", "a in (1),a notin (1)"})
    void onlyNothingIsNothingAndOnlyEverythingIsEverything(String text) {
        assertThat(LabelSelector.parse(text).isNothing()).isFalse();
        assertThat(LabelSelector.parse(text).isEverything()).isFalse();
    }

    @Test
    void labelsAreEqualities() {
        assertThat(LabelSelector.ofLabels(Map.of("b", "2", "a", "", "c/d", "x")))
                .hasToString("a=,b=2,c/d=x")
                .isEqualTo(LabelSelector.parse("c/d=x,b=2,a="));
        assertThat(LabelSelector.ofLabels(Map.of())).isEqualTo(LabelSelector.everything());
    }

    @Test
    void invalidLabelsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSelector.ofLabels(Map.of("a b", "c")))
                .withMessageStartingWith("label key: a b (expected: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSelector.ofServiceSelector(Map.of("a", "b,c")))
                .withMessageStartingWith("value of label a: b,c (expected: ");
    }

    @Test
    void serviceWithoutSelectorSelectsNothing() {
        assertThat(LabelSelector.ofServiceSelector(null)).isEqualTo(LabelSelector.nothing());
        assertThat(LabelSelector.ofServiceSelector(Map.of())).isEqualTo(LabelSelector.nothing());
        assertThat(LabelSelector.ofServiceSelector(ANY)).hasToString("a=1");
    }

    @Test
    void objectFormThatIsAbsentSelectsNothingAndEmptySelectsEverything() {
        assertThat(LabelSelector.ofSpec(null)).isEqualTo(LabelSelector.nothing());
        assertThat(LabelSelector.ofSpec(new SelectorSpec(Map.of(), List.of()))).isEqualTo(LabelSelector.everything());
    }

    @Test
    void objectFormIsAllLabelsAndAllExpressions() {
        SelectorSpec spec = new SelectorSpec(
                Map.of("app", "web", "tier", ""),
                List.of(
                        new Expression("zone", "In", List.of("c", "a", "", "c")),
                        new Expression("app", "NotIn", List.of("b")),
                        new Expression("canary", "DoesNotExist", List.of()),
                        new Expression("ver", "Exists", List.of())));

        assertThat(LabelSelector.ofSpec(spec))
                .hasToString("app=web,app notin (b),!canary,tier=,ver,zone in (,a,c)")
                .isEqualTo(LabelSelector.parse("app=web,tier=,zone in (a,,c),app notin (b),!canary,ver"));
    }

    @ParameterizedTest
    @CsvSource({
        "In, 0, number of values of label k: 0 (expected: at least 1 for IN)",
        "NotIn, 0, number of values of label k: 0 (expected: at least 1 for NOT_IN)",
        "Exists, 1, number of values of label k: 1 (expected: exactly 0 for EXISTS)",
        "DoesNotExist, 1, number of values of label k: 1 (expected: exactly 0 for DOES_NOT_EXIST)",
    })
    void objectFormNeedsTheNumberOfValuesThatFits(String operator, int count, String message) {
        List<String> values = List.of("v").subList(0, count);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofExpression("k", operator, values))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Gt", "Lt", "gt", ">", "in", "IN", "notin", "NOT_IN", "=", "==", "Equals", "!", "exists", "", "In "
            })
    void objectFormHasFourOperators(String operator) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofExpression("k", operator, List.of("1")))
                .withMessage("operator for label k: " + Printable.value(operator)
                        + " (expected: In, NotIn, Exists or DoesNotExist)");
    }

    @Test
    void objectFormIsValidated() {
        assertThatIllegalArgumentException().isThrownBy(() -> ofExpression("k k", "Exists", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> ofExpression("k", "In", List.of("a", "b c")));
        SelectorSpec spec = new SelectorSpec(Map.of("k", "-"), List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> LabelSelector.ofSpec(spec));
    }

    private static LabelSelector ofExpression(String key, String operator, List<String> values) {
        return LabelSelector.ofSpec(new SelectorSpec(Map.of(), List.of(new Expression(key, operator, values))));
    }

    @ParameterizedTest
    @EnumSource
    void requirementsNeedTheNumberOfValuesThatFits(Operator operator) {
        List<Integer> fitting = new ArrayList<>();
        for (int count = 0; count <= 3; count++) {
            try {
                fitting.add(
                        new Requirement("k", operator, List.of("1", "2", "3").subList(0, count))
                                .values()
                                .size());
            } catch (IllegalArgumentException error) {
                assertThat(error).hasMessageStartingWith("number of values of label k: " + count + " (expected: ");
            }
        }
        assertThat(fitting)
                .isEqualTo(
                        switch (operator) {
                            case IN, NOT_IN -> List.of(1, 2, 3);
                            case EXISTS, DOES_NOT_EXIST -> List.of(0);
                            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS, GREATER_THAN, LESS_THAN -> List.of(1);
                        });
    }

    @Test
    void selectorsOfRequirementsEqualThoseOfText() {
        LabelSelector selector = LabelSelector.of(List.of(
                new Requirement("b", Operator.GREATER_THAN, List.of("5")),
                new Requirement("a", Operator.IN, List.of("y", "x"))));

        assertThat(selector).isEqualTo(LabelSelector.parse("a in (x,y),b>5"));
        assertThat(selector.requirements()).extracting(Requirement::key).containsExactly("a", "b");
        assertThat(LabelSelector.of(List.of())).isEqualTo(LabelSelector.everything());
    }

    @Test
    void selectorsDoNotChangeWithWhatTheyWereMadeOf() {
        Map<String, String> labels = new HashMap<>(ANY);
        List<String> values = new ArrayList<>(List.of("x"));
        List<Requirement> requirements = new ArrayList<>(List.of(new Requirement("b", Operator.IN, values)));
        SelectorSpec spec = new SelectorSpec(labels, List.of());
        LabelSelector selector = LabelSelector.of(requirements);
        labels.clear();
        values.add("y");
        requirements.clear();

        assertThat(LabelSelector.ofSpec(spec)).hasToString("a=1");
        assertThat(selector).hasToString("b in (x)");
        assertThat(selector.requirements()).isUnmodifiable();
        assertThat(selector.requirements().get(0).values()).isUnmodifiable();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    a=1; a==1
                    a=1; a in (1)
                    a!=1; a notin (1)
                    a; !a
                    a=1; a=2
                    a=1; b=1
                    a>1; a>01
                    a,a=1; a=1,a
                    a; a,a
                    """)
    void selectorsWrittenDifferentlyAreNotEqual(String one, String other) {
        assertThat(LabelSelector.parse(one)).isNotEqualTo(LabelSelector.parse(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    a; b=1; a,b=1
                    b=1; a; a,b=1
                    b; b=1,a; a,b,b=1
                    a=1,b; a=1,c; a=1,b,c
                    a=1; a==1; a=1,a==1
                    a; a; a
                    a; ''; a
                    ''; a; a
                    ''; ''; ''
                    """)
    void andMeansBoth(String one, String other, String both) {
        assertThat(LabelSelector.parse(one).and(LabelSelector.parse(other))).hasToString(both);
    }

    @Test
    void andNothingIsNothing() {
        LabelSelector some = LabelSelector.parse("a");

        assertThat(some.and(LabelSelector.nothing())).isEqualTo(LabelSelector.nothing());
        assertThat(LabelSelector.nothing().and(some)).isEqualTo(LabelSelector.nothing());
        assertThat(LabelSelector.nothing().and(LabelSelector.everything())).isEqualTo(LabelSelector.nothing());
    }
}
