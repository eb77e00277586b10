package io.serviceresolver.dns;

import io.serviceresolver.endpoint.IpAddresses;
import io.serviceresolver.endpoint.IpFamily;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** An address family and its record type. */
enum Family {
    IPV4(Type.A, IpFamily.IPV4),
    IPV6(Type.AAAA, IpFamily.IPV6);

    final int type;
    final IpFamily ip;

    Family(int type, IpFamily ip) {
        this.type = type;
        this.ip = ip;
    }

    Family other() {
        return this == IPV4 ? IPV6 : IPV4;
    }

    /** The address that the record holds, if it is of this family. An IPv4 address in an AAAA record is of none. */
    Optional<String> address(Record record) {
        if (this == IPV4 && record instanceof ARecord a) {
            return Optional.of(IpAddresses.canonical(a.getAddress().getHostAddress()));
        }
        if (this == IPV6 && record instanceof AAAARecord aaaa && aaaa.getAddress() instanceof Inet6Address ipv6) {
            return Optional.of(IpAddresses.canonical(ipv6.getHostAddress()));
        }
        return Optional.empty();
    }

    List<String> addresses(List<Record> records) {
        return records.stream()
                .flatMap(record -> address(record).stream())
                .distinct()
                .toList();
    }
}
