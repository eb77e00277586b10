package io.serviceresolver.selector;

import io.serviceresolver.selector.SelectorLexer.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the string form of selectors. One token of look-ahead, no recursion, no going back.
 *
 * <pre>{@code
 * selector    = [ requirement { "," requirement } ]
 * requirement = "!" word | word | word comparison [ word ] | word ( "in" | "notin" ) "(" [ word ] { "," [ word ] } ")"
 * comparison  = "=" | "==" | "!=" | ">" | "<"
 * }</pre>
 *
 * <p>A value left out is the empty value. {@code in} and {@code notin} are operators behind a key, and words elsewhere.
 */
final class SelectorParser {

    private final SelectorLexer lexer;

    private SelectorParser(String text) {
        lexer = new SelectorLexer(text);
    }

    /** The requirements in the order in which they are written. */
    static List<Requirement> parse(String text) {
        return new SelectorParser(text).selector();
    }

    private List<Requirement> selector() {
        List<Requirement> requirements = new ArrayList<>();
        if (lexer.token() == Token.END) {
            return requirements;
        }
        do {
            requirements.add(requirement());
        } while (lexer.accept(Token.COMMA));
        if (lexer.token() != Token.END) {
            throw lexer.unexpected("',' or the end");
        }
        return requirements;
    }

    private Requirement requirement() {
        if (lexer.accept(Token.NOT)) {
            return new Requirement(word("a label key"), Operator.DOES_NOT_EXIST, List.of());
        }
        String key = word("a label key or '!'");
        Operator operator = operator();
        return new Requirement(
                key,
                operator,
                switch (operator) {
                    case EXISTS, DOES_NOT_EXIST -> List.of();
                    case IN, NOT_IN -> values();
                    case EQUALS, DOUBLE_EQUALS, NOT_EQUALS, GREATER_THAN, LESS_THAN -> List.of(value());
                });
    }

    private String word(String expected) {
        if (lexer.token() != Token.WORD) {
            throw lexer.unexpected(expected);
        }
        String word = lexer.word();
        lexer.advance();
        return word;
    }

    private Operator operator() {
        Operator operator = switch (lexer.token()) {
            case END, COMMA -> Operator.EXISTS;
            case EQUALS -> Operator.EQUALS;
            case DOUBLE_EQUALS -> Operator.DOUBLE_EQUALS;
            case NOT_EQUALS -> Operator.NOT_EQUALS;
            case GREATER_THAN -> Operator.GREATER_THAN;
            case LESS_THAN -> Operator.LESS_THAN;
            case WORD -> setOperator();
            case OPEN, CLOSE, NOT -> throw noOperator();
        };
        if (operator != Operator.EXISTS) {
            lexer.advance();
        }
        return operator;
    }

    private Operator setOperator() {
        return switch (lexer.word()) {
            case "in" -> Operator.IN;
            case "notin" -> Operator.NOT_IN;
            default -> throw noOperator();
        };
    }

    private IllegalArgumentException noOperator() {
        return lexer.unexpected("=, ==, !=, >, <, in, notin, ',' or the end");
    }

    private String value() {
        return lexer.token() == Token.END || lexer.token() == Token.COMMA ? "" : word("a value, ',' or the end");
    }

    private List<String> values() {
        if (!lexer.accept(Token.OPEN)) {
            throw lexer.unexpected("'('");
        }
        List<String> values = new ArrayList<>();
        do {
            boolean leftOut = lexer.token() == Token.COMMA || lexer.token() == Token.CLOSE;
            values.add(leftOut ? "" : word("a value, ',' or ')'"));
        } while (lexer.accept(Token.COMMA));
        if (!lexer.accept(Token.CLOSE)) {
            throw lexer.unexpected("',' or ')'");
        }
        return values;
    }
}
