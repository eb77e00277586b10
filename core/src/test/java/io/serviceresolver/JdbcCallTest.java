package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of databases by real drivers: that of PostgreSQL, which goes by the standard's states, and that of H2, which has its own. */
class JdbcCallTest {

    private static final int CALLS = 1_000;
    private static final CallOptions IDEMPOTENT = CallOptions.DEFAULT.idempotent();

    /** A connection for each endpoint, as a pool would keep it. */
    private final Map<Endpoint, Connection> connections = new HashMap<>();

    enum Driver {
        POSTGRESQL {
            @Override
            Server serve() throws SQLException {
                return Server.createPgServer("-pgPort", "0", "-ifNotExists");
            }

            @Override
            String url(Endpoint endpoint) {
                return "jdbc:postgresql://" + endpoint.authority() + "/mem:skippy";
            }
        },
        H2 {
            @Override
            Server serve() throws SQLException {
                return Server.createTcpServer("-tcpPort", "0", "-ifNotExists");
            }

            @Override
            String url(Endpoint endpoint) {
                return "jdbc:h2:tcp://" + endpoint.authority() + "/mem:skippy";
            }
        };

        abstract Server serve() throws SQLException;

        abstract String url(Endpoint endpoint);
    }

    @AfterEach
    void disconnect() throws SQLException {
        for (Connection connection : connections.values()) {
            connection.close();
        }
    }

    private int query(Driver driver, Endpoint endpoint, String sql) throws SQLException {
        Connection connection = connections.get(endpoint);
        if (connection == null || connection.isClosed()) {
            connection = DriverManager.getConnection(driver.url(endpoint), "sa", "sa");
            connections.put(endpoint, connection);
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThatRefusesIsEjectedAndNobodySeesIt(Driver driver) throws Exception {
        Server server = driver.serve().start();
        try (RefusingFleet fleet = new RefusingFleet(server.getPort())) {
            for (int i = 0; i < CALLS; i++) {
                assertThat(fleet.skippy.<Integer, SQLException>call(
                                IDEMPOTENT, endpoint -> query(driver, endpoint, "select 1")))
                        .isEqualTo(1);
            }
            assertThat(connections).hasSize(9).doesNotContainKey(fleet.bad);
            assertThat(fleet.skippy.stats().ejections()).isPositive();
            assertThat(fleet.skippy.stats().completed(Outcome.CONNECT_FAILED))
                    .isEqualTo(fleet.skippy.stats().retries())
                    .isPositive();
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorOfSqlIsAnAnswerAndABrokenConnectionIsNone(Driver driver) throws Exception {
        Server server = driver.serve().start();
        try (RefusingFleet fleet = new RefusingFleet(server.getPort())) {
            ServiceHandle skippy = fleet.skippy;
            skippy.<Integer, SQLException>call(endpoint -> query(driver, endpoint, "select 1"));
            long before = skippy.stats().completed(Outcome.SUCCESS);
            assertThatThrownBy(() -> skippy.<Integer, SQLException>call(
                            IDEMPOTENT, endpoint -> query(driver, endpoint, "select nothing from nowhere")))
                    .isInstanceOf(SQLException.class);
            assertThat(skippy.stats().completed(Outcome.SUCCESS)).isEqualTo(before + 1);
            server.stop();
            assertThatThrownBy(() -> skippy.<Integer, SQLException>call(endpoint -> {
                        Connection open = connections.values().iterator().next();
                        try (Statement statement = open.createStatement()) {
                            return statement.executeUpdate("select 1");
                        }
                    }))
                    .isInstanceOf(SQLException.class);
            assertThat(skippy.stats().completed(Outcome.IO_ERROR)).isEqualTo(1);
        } finally {
            server.stop();
            connections.clear();
        }
    }

    @Test
    void whatOnlyTheUserCanTellIsToldByOptions() throws Exception {
        Server server = Driver.POSTGRESQL.serve().start();
        try (RefusingFleet fleet = new RefusingFleet(server.getPort())) {
            CallOptions options = IDEMPOTENT.outcomes(failure ->
                    failure instanceof SQLException sql && "57P03".equals(sql.getSQLState())
                            ? Outcome.CONNECT_FAILED
                            : Outcome.of(failure));
            boolean[] starting = {true};
            int one = fleet.skippy.<Integer, SQLException>call(options, endpoint -> {
                if (starting[0] && !endpoint.equals(fleet.bad)) {
                    starting[0] = false;
                    throw new SQLException("the database system is starting up", "57P03");
                }
                return query(Driver.POSTGRESQL, endpoint, "select 1");
            });
            assertThat(one).isEqualTo(1);
            assertThat(starting[0]).isFalse();
        } finally {
            server.stop();
        }
    }
}
