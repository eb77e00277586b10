package io.serviceresolver.http;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server that answers 401 asks for, as far as the JDK's client can give it: a name and a password (RFC 7617).
 *
 * @param realm for what; null where it does not say
 * @param charset how they are written
 */
record Challenge(@Nullable String realm, Charset charset) {

    private static final String HEADER = "WWW-Authenticate";
    private static final Pattern BASIC = Pattern.compile("\\s*Basic(?:\\s.*|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern REALM = parameter("realm");
    private static final Pattern CHARSET = parameter("charset");

    private static Pattern parameter(String name) {
        return Pattern.compile("[\\s,]" + name + "\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]+))", Pattern.CASE_INSENSITIVE);
    }

    /**
     * Reads the headers of an answer.
     *
     * @return null where it asks for something else
     * @throws IOException if it asks for nothing at all
     */
    static @Nullable Challenge of(HttpHeaders headers) throws IOException {
        List<String> challenges = headers.allValues(HEADER);
        if (challenges.isEmpty()) {
            throw new IOException(HEADER + " header missing for response code 401");
        }
        for (String challenge : challenges) {
            if (BASIC.matcher(challenge).matches()) {
                boolean utf8 = "UTF-8".equalsIgnoreCase(value(CHARSET, challenge));
                return new Challenge(
                        value(REALM, challenge), utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }

    private static @Nullable String value(Pattern parameter, String challenge) {
        Matcher found = parameter.matcher(challenge);
        if (!found.find()) {
            return null;
        }
        return found.group(1) == null ? found.group(2) : found.group(1);
    }
}
