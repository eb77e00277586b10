package io.serviceresolver.balancer;

/**
 * Goes round and round, and passes over each candidate so often that the others get more: in each round one with the
 * greatest weight is chosen, and one of half that weight in every second. The same one is chosen twice in a row only when
 * all others are passed over. It is the static stride scheduler of gRPC's weighted round robin (gRFC A58); it keeps nothing
 * but the position. A choice looks at (greatest weight / mean weight) candidates on average, and never at more than there are.
 */
final class StaticStride {

    /** The greatest weight, after scaling. */
    private static final long MAX = 0xFFFF;

    private final long[] weights;
    private final Cursor cursor;

    StaticStride(double[] weights, Cursor cursor) {
        this.weights = new long[weights.length];
        this.cursor = cursor;
        double max = Weights.max(weights);
        for (int i = 0; i < weights.length; i++) {
            this.weights[i] = Math.max(1, Math.round(weights[i] / max * MAX));
        }
    }

    /** The index of the next one. */
    int next() {
        while (true) {
            long position = cursor.next();
            int index = (int) (position % weights.length);
            long round = position / weights.length;
            long weight = weights[index];
            // How far it is within its stride; the second term keeps those of equal weight out of step.
            long phase = (weight * round + index * (MAX / 2)) % MAX;
            if (phase >= MAX - weight) {
                return index;
            }
        }
    }
}
