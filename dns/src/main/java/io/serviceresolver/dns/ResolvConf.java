package io.serviceresolver.dns;

import io.serviceresolver.endpoint.IpAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the nameservers from the text of a resolv.conf(5), three at most, as the C library does. What it cannot read
 * is passed over. Search list and options do not matter here: only absolute names are asked for.
 */
final class ResolvConf {

    private static final Logger LOG = LoggerFactory.getLogger(ResolvConf.class);
    private static final int MAX_SERVERS = 3;

    private ResolvConf() {}

    static List<InetAddress> nameservers(String text) {
        List<InetAddress> servers = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split("\\s+", -1);
            if (words[0].equals("nameserver") && words.length > 1 && servers.size() < MAX_SERVERS) {
                add(servers, words[1]);
            }
        }
        return servers.stream().distinct().toList();
    }

    private static void add(List<InetAddress> servers, String address) {
        try {
            servers.add(IpAddresses.parse(address));
        } catch (IllegalArgumentException e) {
            LOG.debug("nameserver passed over: {}", e.getMessage());
        }
    }
}
