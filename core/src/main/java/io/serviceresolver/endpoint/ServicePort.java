package io.serviceresolver.endpoint;

import io.serviceresolver.text.BadInput;
import java.util.Locale;

/** Which port of a Service is meant. */
public sealed interface ServicePort {

    /** The only port of the Service; where it has several, it is an error that names them. */
    ServicePort ONLY = new Only();

    /**
     * The Service port of this number (not the Pod's port, which may differ).
     *
     * @param number 1 to 65535
     * @return the port
     * @throws IllegalArgumentException if the number is out of range
     */
    static ServicePort number(int number) {
        return new Numbered(number);
    }

    /**
     * The Service port of this name.
     *
     * @param name the name of a port of the Service
     * @return the port
     * @throws IllegalArgumentException if it is no valid name of a port
     */
    static ServicePort named(String name) {
        return new Named(name);
    }

    /**
     * The port that a URI of this scheme without a port means: the only port of the Service, else the one that bears
     * the scheme as its name, its {@code appProtocol} or its well-known number.
     *
     * @param scheme such as {@code http}; the case does not matter
     * @return the port
     */
    static ServicePort forScheme(String scheme) {
        return new Scheme(scheme);
    }

    /**
     * Reads what stands behind the colon of {@code skippy:http} or {@code skippy:8080}.
     *
     * @param text a number without leading zeros, or a name
     * @return the port
     * @throws IllegalArgumentException if it is neither
     */
    static ServicePort parse(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            return named(text);
        }
        if (text.length() > 5 || text.startsWith("0")) {
            throw BadInput.of("port", text, Numbered.EXPECTED);
        }
        return number(Integer.parseInt(text));
    }

    /** See {@link #ONLY}. */
    record Only() implements ServicePort {
        @Override
        public String toString() {
            return "";
        }
    }

    /**
     * See {@link #number(int)}.
     *
     * @param number the number
     */
    record Numbered(int number) implements ServicePort {
        private static final String EXPECTED = "1 to 65535, or the name of a port";

        /** Checks the range. */
        public Numbered {
            if (number < 1 || number > 65535) {
                throw BadInput.of("port", Integer.toString(number), EXPECTED);
            }
        }

        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }

    /**
     * See {@link #named(String)}.
     *
     * @param name the name
     */
    record Named(String name) implements ServicePort {
        /** Checks the name. */
        public Named {
            boolean letter = name.chars().anyMatch(c -> c >= 'a' && c <= 'z');
            if (!letter || !DnsNames.isLabel(name)) {
                throw BadInput.of("port", name, "a port number, or 1 to 63 of a-z, 0-9 and '-' with a letter");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * See {@link #forScheme(String)}.
     *
     * @param scheme the scheme, lower case
     */
    record Scheme(String scheme) implements ServicePort {
        /** Checks the scheme and puts it in lower case. */
        public Scheme {
            scheme = DnsNames.requireScheme(scheme).toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return "(" + scheme + ")";
        }
    }
}
