package io.serviceresolver.selector;

import io.serviceresolver.text.BadInput;
import io.serviceresolver.text.Printable;

/**
 * Cuts the text of a selector into tokens, the longest possible each time. Whitespace is space, tab, CR and LF; a word
 * is whatever is neither whitespace nor one of {@code = ! ( ) , > <}.
 */
final class SelectorLexer {

    /** What a token is. */
    enum Token {
        END,
        COMMA,
        OPEN,
        CLOSE,
        NOT,
        EQUALS,
        DOUBLE_EQUALS,
        NOT_EQUALS,
        GREATER_THAN,
        LESS_THAN,
        WORD
    }

    private final String text;
    private Token token = Token.END;
    private int start;
    private int end;

    /** Stands at the first token. */
    SelectorLexer(String text) {
        this.text = text;
        advance();
    }

    Token token() {
        return token;
    }

    /** The token as it was written. */
    String word() {
        return text.substring(start, end);
    }

    /** Goes on to the next token; at the end it stays. */
    void advance() {
        start = end;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        end = start;
        token = end == text.length() ? Token.END : scan();
    }

    /** Goes on if the token is this one. */
    boolean accept(Token wanted) {
        boolean found = token == wanted;
        if (found) {
            advance();
        }
        return found;
    }

    /** The error that the token is not what the grammar allows here. */
    IllegalArgumentException unexpected(String expected) {
        String found = token == Token.END ? "the end" : "'" + Printable.of(word()) + "'";
        return BadInput.of("selector", text, expected + " at index " + start + ", not " + found);
    }

    private Token scan() {
        char c = text.charAt(end++);
        return switch (c) {
            case ',' -> Token.COMMA;
            case '(' -> Token.OPEN;
            case ')' -> Token.CLOSE;
            case '>' -> Token.GREATER_THAN;
            case '<' -> Token.LESS_THAN;
            case '=' -> equalsSignFollows() ? Token.DOUBLE_EQUALS : Token.EQUALS;
            case '!' -> equalsSignFollows() ? Token.NOT_EQUALS : Token.NOT;
            default -> scanWord();
        };
    }

    private boolean equalsSignFollows() {
        boolean follows = end < text.length() && text.charAt(end) == '=';
        if (follows) {
            end++;
        }
        return follows;
    }

    private Token scanWord() {
        while (end < text.length() && !isSpace(text.charAt(end)) && "=!(),><".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return Token.WORD;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
