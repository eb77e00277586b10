package io.serviceresolver.testkit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Sends queries over plain sockets and reads what comes back, packet by packet. */
final class DnsClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final DatagramSocket udp;
    private final InetSocketAddress server;

    DnsClient(DnsServer server) throws IOException {
        this.server = server.address();
        this.udp = new DatagramSocket();
        udp.setSoTimeout(PATIENCE_MILLIS);
        udp.connect(this.server);
    }

    static Message query(String name, int type) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
        query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        return query;
    }

    void send(Message query) throws IOException {
        byte[] packet = query.toWire();
        udp.send(new DatagramPacket(packet, packet.length));
    }

    byte[] receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        udp.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    Message ask(String name, int type) throws IOException {
        send(query(name, type));
        return new Message(receive());
    }

    Message askOverTcp(String name, int type) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            byte[] packet = query(name, type).toWire();
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(packet.length);
            out.write(packet);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] reply = new byte[in.readUnsignedShort()];
            in.readFully(reply);
            return new Message(reply);
        }
    }

    /** The records of a section without TTL and class: {@code skippy.shield.svc.cluster.local. A 10.0.0.1}, sorted. */
    static List<String> records(Message message, int section) {
        return message.getSection(section).stream()
                .filter(record -> record.getType() != Type.OPT)
                .map(record -> record.getName() + " " + Type.string(record.getType()) + " " + record.rdataToString())
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        udp.close();
    }
}
