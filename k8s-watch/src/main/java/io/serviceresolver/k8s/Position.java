package io.serviceresolver.k8s;

/** How far a collection is known, and by which list it goes on from there. Used by the scheduler's thread. */
final class Position {

    private final ApiResource resource;
    private Use use = Use.NONE;
    private String version = "";

    /** The version when the last list was asked for. */
    private String asked = "";

    private boolean paged;

    /** What the version is good for. */
    private enum Use {
        /** There has been no list yet. */
        NONE,
        /** A watch goes on from it. */
        GOOD,
        /** Nothing: only the newest list will do. */
        EXPIRED,
        /** As expired; besides, the last list was empty, which the next one has to confirm. */
        DOUBTED
    }

    Position(ApiResource resource) {
        this.resource = resource;
    }

    /** The version to go on from; empty where there is none. */
    String version() {
        return use == Use.GOOD ? version : "";
    }

    /** What asks for the next list. */
    String list() {
        asked = version;
        if (paged) {
            return resource.listNewest();
        }
        return switch (use) {
            case NONE -> resource.listAny();
            case GOOD -> resource.listSince(version);
            case EXPIRED, DOUBTED -> resource.listNewest();
        };
    }

    /** Whether a watch has come further since a list was asked for. */
    boolean hasMoved() {
        return use == Use.GOOD && !version.equals(asked);
    }

    boolean isDoubted() {
        return use == Use.DOUBTED;
    }

    /** All is known up to this version. */
    void reach(String known) {
        version = known;
        use = Use.GOOD;
    }

    /** A watch says that it has come to this version. */
    void advance(String newer) {
        version = newer;
    }

    /** Nothing goes on from here. */
    void expire() {
        use = Use.EXPIRED;
    }

    /** The next list is to confirm that there is nothing. */
    void doubt() {
        use = Use.DOUBTED;
    }

    /** From now on lists are asked for page by page: in one piece they are too large to be read. */
    void takePages() {
        paged = true;
    }
}
