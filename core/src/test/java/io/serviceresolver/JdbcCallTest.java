package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of databases by real drivers: that of H2, whose states are its own, and that of PostgreSQL, whose states are those of the standard. */
class JdbcCallTest {

    private static final int CALLS = 1_000;
    private static final CallOptions IDEMPOTENT = CallOptions.DEFAULT.idempotent();

    /** A connection for each endpoint, as a pool would keep it. */
    private final Map<Endpoint, Connection> connections = new HashMap<>();

    private Server server;
    private RefusingFleet fleet;
    private ServiceHandle skippy;

    @BeforeEach
    void start() throws Exception {
        server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        fleet = new RefusingFleet(server.getPort());
        skippy = fleet.skippy;
    }

    @AfterEach
    void stop() throws SQLException {
        for (Connection connection : connections.values()) {
            connection.close();
        }
        fleet.close();
        server.stop();
    }

    private int query(Endpoint endpoint, String sql) throws SQLException {
        Connection connection = connections.get(endpoint);
        if (connection == null) {
            connection = DriverManager.getConnection("jdbc:h2:tcp://" + endpoint.authority() + "/mem:skippy");
            connections.put(endpoint, connection);
        }
        return query(connection, sql);
    }

    private static int query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void oneThatRefusesIsEjectedAndNobodySeesIt() throws Exception {
        for (int i = 0; i < CALLS; i++) {
            assertThat(skippy.<Integer, SQLException>call(IDEMPOTENT, endpoint -> query(endpoint, "select 1")))
                    .isEqualTo(1);
        }
        assertThat(connections).hasSize(9).doesNotContainKey(fleet.bad);
        fleet.awaitEjection();
        assertThat(skippy.stats().completed(Outcome.CONNECT_FAILED))
                .isEqualTo(skippy.stats().retries())
                .isPositive();
    }

    @Test
    void anErrorOfSqlIsAnAnswerAndABrokenConnectionIsNone() throws Exception {
        skippy.<Integer, SQLException>call(endpoint -> query(endpoint, "select 1"));
        AtomicInteger attempts = new AtomicInteger();
        assertThatThrownBy(() -> skippy.<Integer, SQLException>call(IDEMPOTENT, endpoint -> {
                    int result = query(endpoint, "select 1");
                    attempts.incrementAndGet();
                    return result + query(endpoint, "select nothing from nowhere");
                }))
                .isInstanceOf(SQLException.class);
        assertThat(attempts).hasValue(1);
        assertThat(skippy.stats().completed(Outcome.SUCCESS)).isEqualTo(2);
        Connection open = connections.values().iterator().next();
        connections.clear();
        server.stop();
        assertThatThrownBy(() -> skippy.<Integer, SQLException>call(endpoint -> query(open, "select 1")))
                .isInstanceOf(SQLException.class);
        assertThat(skippy.stats().completed(Outcome.IO_ERROR)).isEqualTo(1);
    }

    @Test
    void thatOfPostgresqlTellsByItsStateThatItIsNotConnected() {
        try (PodSocket closing = PodSocket.start("127.0.9.11", 0, connection -> {})) {
            for (Endpoint endpoint : new Endpoint[] {fleet.bad, Endpoint.of("127.0.9.11", closing.port())}) {
                SQLException failure = catchThrowableOfType(
                        SQLException.class,
                        () -> DriverManager.getConnection("jdbc:postgresql://" + endpoint.authority() + "/skippy"));
                assertThat(failure.getSQLState()).isEqualTo("08001");
                assertThat(Outcome.of(failure)).isEqualTo(Outcome.CONNECT_FAILED);
            }
        }
    }

    @Test
    void whatOnlyTheUserCanTellIsToldByOptions() throws Exception {
        CallOptions options =
                IDEMPOTENT.outcomes(failure -> failure instanceof SQLException sql && "57P03".equals(sql.getSQLState())
                        ? Outcome.CONNECT_FAILED
                        : Outcome.of(failure));
        AtomicInteger attempts = new AtomicInteger();
        int one = skippy.<Integer, SQLException>call(options, endpoint -> {
            if (attempts.incrementAndGet() == 1) {
                throw new SQLException("the database system is starting up", "57P03");
            }
            return query(endpoint, "select 1");
        });
        assertThat(one).isEqualTo(1);
        assertThat(attempts.get()).isGreaterThan(1);
    }
}
