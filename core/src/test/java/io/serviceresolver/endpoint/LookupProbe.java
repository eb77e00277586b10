package io.serviceresolver.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Scanner;

/** Run by {@link NoLookupTest} in a JVM of its own, whose hosts file knows every name: says what was looked up. */
final class LookupProbe {

    static final String TRAP = "192.0.2.66";

    private LookupProbe() {}

    public static void main(String[] args) throws UnknownHostException {
        boolean forward = InetAddress.getAllByName("trap")[0].getHostAddress().equals(TRAP);
        byte[] trap = {(byte) 192, 0, 2, 66};
        boolean armed = forward && InetAddress.getByAddress(trap).getHostName().equals("trap");
        System.out.println(armed ? "armed" : "not armed");
        System.out.println(Endpoint.of(TRAP, 80).socketAddress().getHostName());
        try (Scanner names = new Scanner(System.in, "UTF-8")) {
            while (names.hasNextLine()) {
                System.out.println(outcome(names.nextLine()));
            }
        }
    }

    private static String outcome(String name) {
        try {
            return "taken as " + Endpoint.of(name, 80).address();
        } catch (IllegalArgumentException e) {
            return AddressPolicy.standard().refusal(name).orElse("allowed");
        }
    }
}
