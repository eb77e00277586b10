package io.serviceresolver.benchmarks.report;

import io.serviceresolver.benchmarks.subject.Activity;
import java.util.List;
import java.util.Optional;

/**
 * All measurements of one activity by one number of threads.
 *
 * @param activity what was done
 * @param threads how many did it at once
 * @param rows one for each system
 */
record Section(Activity activity, int threads, List<Row> rows) {

    /**
     * What one system did.
     *
     * @param system its name
     * @param floor the name of its floor; empty where it has none
     * @param colour how it is drawn
     * @param measurements by size
     */
    record Row(String system, String floor, String colour, List<Measurement> measurements) {

        Optional<Measurement> at(int size) {
            return measurements.stream().filter(one -> one.size() == size).findFirst();
        }
    }

    String name() {
        return activity + (threads == 1 ? "" : "-" + threads + "-threads");
    }

    String title() {
        return activity.title() + (threads == 1 ? "" : "; " + threads + " threads");
    }

    List<Integer> sizes() {
        return rows.stream()
                .flatMap(row -> row.measurements().stream())
                .map(Measurement::size)
                .distinct()
                .sorted()
                .toList();
    }

    /** How many times the time of its floor a system took; not a number where that was not measured. */
    double ratio(Row row, int size) {
        double floor = rows.stream()
                .filter(one -> one.system().equals(row.floor()))
                .flatMap(one -> one.at(size).stream())
                .mapToDouble(Measurement::figure)
                .findFirst()
                .orElse(Double.NaN);
        return row.at(size).map(Measurement::figure).orElse(Double.NaN) / floor;
    }
}
