package io.serviceresolver.http;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cookies by the names that callers write. A service's own go to no other one: a cookie for a whole namespace is not
 * kept, as anybody may have a service there. Thread-safe, as its handler is.
 */
final class Cookies {

    private static final String SET_COOKIE = "set-cookie";
    private static final Pattern DOMAIN = Pattern.compile("[;,]\\s*domain\\s*=\\s*\"?\\.?([^\\s;,\"]*)");

    private final CookieHandler handler;

    Cookies(CookieHandler handler) {
        this.handler = handler;
    }

    /** The values of {@code Cookie} headers. */
    List<String> of(URI uri, Map<String, List<String>> headers) throws IOException {
        List<String> values = new ArrayList<>();
        handler.get(uri, headers).forEach((name, cookies) -> {
            if (name.equalsIgnoreCase("Cookie") && cookies != null) {
                values.addAll(cookies);
            }
        });
        return values;
    }

    void keep(URI uri, Map<String, List<String>> headers) throws IOException {
        handler.put(uri, headers);
    }

    /** As {@link #keep}, of a service's Pod. */
    void keepOwn(URI uri, Map<String, List<String>> headers) throws IOException {
        Map<String, List<String>> own = new HashMap<>(headers);
        own.replaceAll((name, values) -> name.toLowerCase(Locale.ROOT).startsWith(SET_COOKIE)
                ? values.stream().filter(value -> isOwn(uri.getHost(), value)).toList()
                : values);
        handler.put(uri, own);
    }

    private static boolean isOwn(String host, String setCookie) {
        Matcher domain = DOMAIN.matcher(setCookie.toLowerCase(Locale.ROOT));
        while (domain.find()) {
            if (!domain.group(1).isEmpty() && !domain.group(1).equalsIgnoreCase(host)) {
                return false;
            }
        }
        return true;
    }
}
