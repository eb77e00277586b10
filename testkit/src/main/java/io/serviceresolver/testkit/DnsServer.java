package io.serviceresolver.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A DNS server in this process, on a loopback address, over real UDP and TCP sockets of one ephemeral port. It answers
 * what {@link #on} scripted, else what {@link #publish} published, else NXDOMAIN. All may be changed while it runs, by
 * any thread. It remembers every query it received. Its threads are daemons; {@link #close} frees everything.
 */
public final class DnsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);
    private static final int RECEIVE_BUFFER = 1 << 20;
    private static final int MAX_PACKET = 65_535;
    private static final int BIND_ATTEMPTS = 50;
    private static final long PATIENCE_MILLIS = 10_000;

    private final DnsZone zone = new DnsZone();
    private final DatagramSocket udp;
    private final InetSocketAddress address;
    private final DnsTcpListener tcp;
    private final Thread receiver;
    private final AtomicInteger toDrop = new AtomicInteger();

    private final DnsQueryLog log = new DnsQueryLog();

    private DnsServer(DatagramSocket udp, DnsTcpListener tcp) {
        this.udp = udp;
        this.address = (InetSocketAddress) udp.getLocalSocketAddress();
        this.tcp = tcp;
        this.receiver = new Thread(this::receive, "dns-server-udp-" + udp.getLocalPort());
        receiver.setDaemon(true);
    }

    /** Starts a server on 127.0.0.1. */
    public static DnsServer start() {
        return start("127.0.0.1");
    }

    /**
     * Starts a server.
     *
     * @param address the loopback address to bind, such as {@code 127.0.0.2} or {@code ::1}
     * @return the server
     * @throws UncheckedIOException if no port can be bound
     */
    public static DnsServer start(String address) {
        IOException last = new IOException("no attempt");
        for (int i = 0; i < BIND_ATTEMPTS; i++) {
            try {
                return bind(InetAddress.getByName(address));
            } catch (IOException e) {
                last = e;
            }
        }
        throw new UncheckedIOException("no port is free for both UDP and TCP", last);
    }

    private static DnsServer bind(InetAddress address) throws IOException {
        DatagramSocket udp = new DatagramSocket(new InetSocketAddress(address, 0));
        DnsTcpListener tcp;
        try {
            udp.setReceiveBufferSize(RECEIVE_BUFFER);
            tcp = new DnsTcpListener(new InetSocketAddress(address, udp.getLocalPort()));
        } catch (IOException e) {
            udp.close();
            throw e;
        }
        DnsServer server = new DnsServer(udp, tcp);
        tcp.start(server::handle);
        server.receiver.start();
        return server;
    }

    /** Where it listens, over UDP and TCP, or did until it was closed. */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Scripts the replies for one name and type, in place of an earlier script for them.
     *
     * @param name the name asked for; case and a dot at the end do not matter
     * @param type the record type, such as {@code A}
     * @param inTurn the replies, one for each query; the last one stays
     * @return this server
     */
    public DnsServer on(String name, String type, DnsReply... inTurn) {
        zone.script(name, type, List.of(inTurn));
        return this;
    }

    /**
     * Publishes a Service, in place of an earlier one of its name.
     *
     * @param service the Service
     * @return this server
     */
    public DnsServer publish(DnsService service) {
        zone.publish(service.fqdn(), DnsPackets.parse(service.records()));
        return this;
    }

    /**
     * Takes back a published Service.
     *
     * @param service a Service of that name
     * @return this server
     */
    public DnsServer withdraw(DnsService service) {
        zone.withdraw(service.fqdn());
        return this;
    }

    /**
     * Sets the reply for names that are neither scripted nor published, NXDOMAIN at first.
     *
     * @param reply the reply
     * @return this server
     */
    public DnsServer otherwise(DnsReply reply) {
        zone.otherwise(reply);
        return this;
    }

    /**
     * Gives one reply to everything, until {@link #recover}.
     *
     * @param reply the reply, such as SERVFAIL
     * @return this server
     */
    public DnsServer outage(DnsReply reply) {
        zone.outage(reply);
        return this;
    }

    /** Ends {@link #outage}. */
    public DnsServer recover() {
        zone.outage(null);
        return this;
    }

    /**
     * Loses queries over UDP: they are remembered, and not answered.
     *
     * @param count how many of the next ones
     * @return this server
     */
    public DnsServer dropNext(int count) {
        toDrop.set(count);
        return this;
    }

    /**
     * Sets what happens to queries over TCP, {@link DnsTcpMode#ANSWER} at first.
     *
     * @param mode what to do from now on
     * @return this server
     * @throws UncheckedIOException if the port cannot be bound again after {@link DnsTcpMode#REFUSE}
     */
    public DnsServer overTcp(DnsTcpMode mode) {
        tcp.mode(mode);
        return this;
    }

    /** All queries received so far, in their order. */
    public List<DnsQuery> queries() {
        return log.find(query -> true);
    }

    /**
     * The queries received so far for one name and type.
     *
     * @param name the name, with the dot at its end
     * @param type the record type
     * @return the queries, in their order
     */
    public List<DnsQuery> queries(String name, String type) {
        return log.find(wanted(name, type));
    }

    /**
     * Waits until so many queries have come in all, 30 seconds at most.
     *
     * @param count how many
     * @return all queries received
     * @throws AssertionError if they do not come
     */
    public List<DnsQuery> awaitQueries(int count) {
        return log.await(query -> true, count);
    }

    /**
     * Waits until so many queries for one name and type have come, 30 seconds at most.
     *
     * @param name the name, with the dot at its end
     * @param type the record type
     * @param count how many
     * @return those queries
     * @throws AssertionError if they do not come
     */
    public List<DnsQuery> awaitQueries(String name, String type, int count) {
        return log.await(wanted(name, type), count);
    }

    private static Predicate<DnsQuery> wanted(String name, String type) {
        return query -> query.name().equalsIgnoreCase(name) && query.type().equals(type);
    }

    private List<byte[]> handle(byte[] packet, DnsTransport transport) throws IOException {
        Message query = new Message(packet);
        Record question = query.getQuestion();
        DnsReply reply = zone.find(query);
        log.add(new DnsQuery(question.getName().toString(), Type.string(question.getType()), transport));
        boolean lost = transport == DnsTransport.UDP && toDrop.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        return lost ? List.of() : reply.to(query, transport);
    }

    private void receive() {
        byte[] buffer = new byte[MAX_PACKET];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                send(handle(Arrays.copyOf(buffer, packet.getLength()), DnsTransport.UDP), packet.getSocketAddress());
            } catch (IOException | RuntimeException e) {
                // A broken query gets no answer; a closed socket ends the loop.
                LOG.debug("no answer to a query", e);
            }
        }
    }

    private void send(List<byte[]> packets, SocketAddress client) throws IOException {
        for (byte[] packet : packets) {
            udp.send(new DatagramPacket(packet, packet.length, client));
        }
    }

    /** Stops answering and frees the port. Queries received stay to be read. */
    @Override
    public void close() {
        udp.close();
        tcp.close();
        try {
            receiver.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
