package io.serviceresolver.endpoint;

/**
 * Whether the endpoints of a set bear the labels of their Pods.
 *
 * @param status in one word
 * @param reason why they do not, for an error message: one line; empty where they do
 */
public record PodLabels(Status status, String reason) {

    /** They do. */
    public static final PodLabels KNOWN = new PodLabels(Status.KNOWN, "");

    /** They do not yet: the source was asked to find them out, or could be. */
    public static final PodLabels PENDING = new PodLabels(Status.PENDING, "the labels of Pods have not been read yet");

    /** Whether labels are known, in one word. */
    public enum Status {
        /** The endpoints bear the labels of their Pods. */
        KNOWN,
        /** They will, some time after somebody needs them. */
        PENDING,
        /** They cannot. */
        UNKNOWN
    }

    /**
     * They cannot.
     *
     * @param reason why not, and what to do about it: one line
     * @return the status
     */
    public static PodLabels unknown(String reason) {
        return new PodLabels(Status.UNKNOWN, reason);
    }
}
