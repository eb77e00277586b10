package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceListener;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Takes answers down, in few words. Used by the test's thread, on which virtual time runs. */
final class Follower implements SourceListener {

    final List<SourceAnswer> answers = new ArrayList<>();

    @Override
    public void onAnswer(SourceAnswer answer) {
        answers.add(answer);
    }

    String last() {
        return answers.isEmpty() ? "nothing" : brief(answers.get(answers.size() - 1));
    }

    List<String> all() {
        return answers.stream().map(Follower::brief).toList();
    }

    /** The last set that was found. */
    EndpointSet set() {
        for (int i = answers.size() - 1; i >= 0; i--) {
            if (answers.get(i) instanceof SourceAnswer.Found found) {
                return found.endpoints();
            }
        }
        throw new AssertionError("nothing was found: " + all());
    }

    private static String brief(SourceAnswer answer) {
        if (answer instanceof SourceAnswer.Found found) {
            return found.endpoints().endpoints().stream()
                    .map(Endpoint::authority)
                    .collect(Collectors.joining(" ", "found ", ""))
                    .strip();
        }
        if (answer instanceof SourceAnswer.Unavailable unavailable) {
            return "unavailable: " + unavailable.reason();
        }
        if (answer instanceof SourceAnswer.Refused refused) {
            return "refused: " + refused.reason();
        }
        return "absent: " + ((SourceAnswer.Absent) answer).reason();
    }
}
