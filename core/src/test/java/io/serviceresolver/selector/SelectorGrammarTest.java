package io.serviceresolver.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.serviceresolver.text.Printable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the string form accepts, how it is printed, and what the errors say. */
class SelectorGrammarTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
                    # nothing written
                    '' -> ''
                    '   ' -> ''
                    # one requirement of each kind
                    app -> app
                    !app -> !app
                    app=web -> app=web
                    app==web -> app==web
                    app!=web -> app!=web
                    app in (web) -> app in (web)
                    app notin (web) -> app notin (web)
                    build>7 -> build>7
                    build<7 -> build<7
                    # blanks go, except around in and notin
                    ' app ' -> app
                    '! app' -> !app
                    'app = web' -> app=web
                    'app == web' -> app==web
                    'app != web' -> app!=web
                    'build > 7 , build < 9' -> build>7,build<9
                    '  app   in  ( web ,  api ) ' -> app in (api,web)
                    app in(web) -> app in (web)
                    app notin(web),tier -> app notin (web),tier
                    # a value left out is the empty value
                    app= -> app=
                    'app= ' -> app=
                    app== -> app==
                    app!= -> app!=
                    'app=,tier= ' -> app=,tier=
                    'app= ,tier' -> app=,tier
                    app in () -> app in ()
                    app notin ( ) -> app notin ()
                    'app in (,)' -> app in ()
                    'app in (,,,)' -> app in ()
                    'app in (web,)' -> app in (,web)
                    'app in (,web)' -> app in (,web)
                    'app in ( , web)' -> app in (,web)
                    'app in (web,,api)' -> app in (,api,web)
                    # commas in a row, as Kubernetes 1.35 and later: before, an even number at the end was an error
                    'app in (web,,)' -> app in (,web)
                    'app in (web,,,)' -> app in (,web)
                    'app in (web,,,,)' -> app in (,web)
                    'app in (,,)' -> app in ()
                    'app in (a,,a,,a,,)' -> app in (,a)
                    # values are a set, sorted as bytes
                    'app in (c,a,b)' -> app in (a,b,c)
                    'app notin (b,a,b,a)' -> app notin (a,b)
                    'app in (a,B,1,a.b,a-b,a_b)' -> app in (1,B,a,a-b,a.b,a_b)
                    # requirements are sorted by key, those on one key stay as written
                    'z,y=1,x!=2' -> x!=2,y=1,z
                    'b notin (1),a,b,!c,b=2' -> a,b notin (1),b,b=2,!c
                    'b,a in (1)' -> a in (1),b
                    'app,app' -> app,app
                    'B,a,0' -> 0,B,a
                    # in and notin are words but behind a key
                    in -> in
                    notin -> notin
                    !in -> !in
                    !notin -> !notin
                    'in,notin' -> in,notin
                    in=notin -> in=notin
                    notin!=in -> notin!=in
                    app==in -> app==in
                    in in (in) -> in in (in)
                    notin notin (notin) -> notin notin (notin)
                    'app in (in,a,notin)' -> app in (a,in,notin)
                    # the longest operator that fits
                    a!=b -> a!=b
                    a== b -> a==b
                    # numbers stay as written
                    build>007 -> build>007
                    build<9223372036854775807 -> build<9223372036854775807
                    build>0000000000000000000000009223372036854775807 -> build>0000000000000000000000009223372036854775807
                    # keys with a prefix, keys and values of digits
                    kubernetes.io/service-name=skippy -> kubernetes.io/service-name=skippy
                    '10.0.x/9 in (1.2.3.4, a.b)' -> 10.0.x/9 in (1.2.3.4,a.b)
                    """)
    void readsAndPrints(String text, String printed) {
        LabelSelector selector = LabelSelector.parse(text);

        assertThat(selector).hasToString(printed);
        assertThat(LabelSelector.parse(printed)).isEqualTo(selector).hasSameHashCodeAs(selector);
    }

    @Test
    void spaceTabCarriageReturnAndLineFeedAreBlanks() {
        assertThat(LabelSelector.parse("\r\n\t a\tin\r(\nb\t,\tc )\n,\r! d\t")).hasToString("a in (b,c),!d");
        assertThat(LabelSelector.parse("\t\r\n ")).isEqualTo(LabelSelector.everything());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u00a0in (b)", "a\u000b", "\fa", "a=\u2003b", "a\u0085", "\ufeffa", "a\\tb"})
    void otherBlanksAreNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LabelSelector.parse(text));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
                    # commas stand between requirements
                    ',' -> a label key or '!' at index 0, not ','
                    ',a' -> a label key or '!' at index 0, not ','
                    'a,' -> a label key or '!' at index 2, not the end
                    'a=,' -> a label key or '!' at index 3, not the end
                    'a in (b), ' -> a label key or '!' at index 10, not the end
                    'a,,b' -> a label key or '!' at index 2, not ','
                    a in (b) c -> ',' or the end at index 9, not 'c'
                    a=b c -> ',' or the end at index 4, not 'c'
                    a in (b)) -> ',' or the end at index 8, not ')'
                    # what may follow a key
                    a b -> =, ==, !=, >, <, in, notin, ',' or the end at index 2, not 'b'
                    a IN (b) -> =, ==, !=, >, <, in, notin, ',' or the end at index 2, not 'IN'
                    ain (b) -> =, ==, !=, >, <, in, notin, ',' or the end at index 4, not '('
                    a (b) -> =, ==, !=, >, <, in, notin, ',' or the end at index 2, not '('
                    a) -> =, ==, !=, >, <, in, notin, ',' or the end at index 1, not ')'
                    a! -> =, ==, !=, >, <, in, notin, ',' or the end at index 1, not '!'
                    'a! =b' -> =, ==, !=, >, <, in, notin, ',' or the end at index 1, not '!'
                    # what may start a requirement
                    =b -> a label key or '!' at index 0, not '='
                    ==b -> a label key or '!' at index 0, not '=='
                    !=b -> a label key or '!' at index 0, not '!='
                    >1 -> a label key or '!' at index 0, not '>'
                    () -> a label key or '!' at index 0, not '('
                    ) -> a label key or '!' at index 0, not ')'
                    # a negated key stands alone
                    ! -> a label key at index 1, not the end
                    !!a -> a label key at index 1, not '!'
                    '!,a' -> a label key at index 1, not ','
                    !a=b -> ',' or the end at index 2, not '='
                    !a in (b) -> ',' or the end at index 3, not 'in'
                    # one value
                    a==b==c -> ',' or the end at index 4, not '=='
                    a=b=c -> ',' or the end at index 3, not '='
                    a===b -> a value, ',' or the end at index 3, not '='
                    a= =b -> a value, ',' or the end at index 3, not '='
                    a=!b -> a value, ',' or the end at index 2, not '!'
                    a!==b -> a value, ',' or the end at index 3, not '='
                    a>=1 -> a value, ',' or the end at index 2, not '='
                    a<>1 -> a value, ',' or the end at index 2, not '>'
                    a=(b) -> a value, ',' or the end at index 2, not '('
                    # a set of values
                    a in -> '(' at index 4, not the end
                    a in b -> '(' at index 5, not 'b'
                    'a in,b' -> '(' at index 4, not ','
                    in notin -> '(' at index 8, not the end
                    a in ) -> '(' at index 5, not ')'
                    a notin( -> a value, ',' or ')' at index 8, not the end
                    a in (b -> ',' or ')' at index 7, not the end
                    'a in (b,' -> a value, ',' or ')' at index 8, not the end
                    a in (b c) -> ',' or ')' at index 8, not 'c'
                    a in (b=c) -> ',' or ')' at index 7, not '='
                    a in ((b)) -> a value, ',' or ')' at index 6, not '('
                    a in (!b) -> a value, ',' or ')' at index 6, not '!'
                    """)
    void saysWhatWasExpectedAndWhere(String text, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSelector.parse(text))
                .withMessage("selector: " + Printable.value(text) + " (expected: " + expected + ")");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
                    Example.com/a=b -> label key: Example.com/a (
                    'a,-b' -> label key: -b (
                    !a/b/c -> label key: a/b/c (
                    a=b||c=d -> value of label a: b||c (
                    'a in (b,-c)' -> value of label a: -c (
                    a>b -> value of label a: b (expected: a decimal integer of 64 bits)
                    a> -> 'value of label a: '''' (expected: a decimal integer of 64 bits)'
                    a<1.5 -> value of label a: 1.5 (expected: a decimal integer of 64 bits)
                    a>9223372036854775808 -> value of label a: 9223372036854775808 (expected: a decimal integer of 64 bits)
                    a>0x10 -> value of label a: 0x10 (expected: a decimal integer of 64 bits)
                    # signed numbers are no label values
                    a>-1 -> value of label a: -1 (expected: empty, or
                    a<+1 -> value of label a: +1 (expected: empty, or
                    """)
    void saysWhichKeyOrValueIsInvalid(String text, String start) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelSelector.parse(text))
                .satisfies(error -> assertThat(error.getMessage()).startsWith(start));
    }
}
