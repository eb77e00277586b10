package io.serviceresolver.apiserver;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whether the environment names a kubeconfig. One that is named and does not work fails the tests: it skips none. */
final class RealApiServerCondition implements ExecutionCondition {

    /** Names the kubeconfig file of a cluster for tests. */
    static final String VARIABLE = "SERVICE_RESOLVER_TEST_KUBECONFIG";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (kubeconfig().isPresent()) {
            return ConditionEvaluationResult.enabled(VARIABLE + " is set");
        }
        String reason = "needs a real API server: set " + VARIABLE
                + " to the kubeconfig of a cluster for tests (an administrator's)";
        System.out.println("SKIPPED " + context.getRequiredTestClass().getSimpleName() + " " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    static Optional<String> kubeconfig() {
        return Optional.ofNullable(System.getenv(VARIABLE)).filter(path -> !path.isBlank());
    }
}
