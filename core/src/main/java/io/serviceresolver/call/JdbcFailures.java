package io.serviceresolver.call;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/**
 * What failures of JDBC say of the database. Not to be loaded where there is no module {@code java.sql}.
 *
 * <p>Class 08 of SQLSTATE is about connections (ISO/IEC 9075-2, "SQLSTATE class and subclass codes"): 08001, the client could not
 * connect, and 08004, the server would not have it, come before any statement. The types are for drivers whose states are their
 * own, as those of H2.
 */
final class JdbcFailures {

    private static final String CONNECTION = "08";
    private static final Set<String> NOT_CONNECTED = Set.of("08001", "08004");

    private JdbcFailures() {}

    /** {@link Outcome#UNREPORTED} where it is no failure of JDBC. */
    static Outcome read(Throwable failure) {
        if (!(failure instanceof SQLException sql)) {
            return Outcome.UNREPORTED;
        }
        String state = String.valueOf(sql.getSQLState());
        if (NOT_CONNECTED.contains(state)) {
            return Outcome.CONNECT_FAILED;
        }
        if (state.startsWith(CONNECTION) || isOfConnection(sql)) {
            return Outcome.IO_ERROR;
        }
        return sql instanceof SQLTimeoutException ? Outcome.TIMEOUT : Outcome.SUCCESS;
    }

    private static boolean isOfConnection(SQLException failure) {
        return failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException;
    }
}
