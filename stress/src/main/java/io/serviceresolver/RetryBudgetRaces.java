package io.serviceresolver;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.serviceresolver.call.RetryPolicy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** The budget of retries. */
final class RetryBudgetRaces {

    /** A call that goes well adds a whole retry, for there to be something to see. */
    private static final RetryPolicy POLICY = RetryPolicy.standard().withBudget(1, 1, 10);

    private RetryBudgetRaces() {}

    /** How many retries are left. */
    private static int left(RetryBudget budget) {
        int left = 0;
        while (budget.withdraw()) {
            left++;
        }
        return left;
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"true, false, 1", "false, true, 1"},
            expect = ACCEPTABLE,
            desc = "One of the two gets the one retry, and that is what is counted")
    @Outcome(expect = FORBIDDEN, desc = "It is overdrawn, or nobody gets it")
    public static class WithdrawWithdraw {

        private final RetryBudget budget = new RetryBudget(POLICY);
        private final Retries one = new Retries(budget);
        private final Retries other = new Retries(budget);

        @Actor
        void retries(ZZI_Result result) {
            result.r1 = one.retry();
        }

        @Actor
        void hedges(ZZI_Result result) {
            result.r2 = other.hedge();
        }

        @Arbiter
        void after(ZZI_Result result) {
            result.r3 = (int) (one.made() + other.hedges());
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "One was taken, one was added")
    @Outcome(id = "true, 0", expect = ACCEPTABLE_INTERESTING, desc = "A deposit that met a withdrawal was given up")
    @Outcome(expect = FORBIDDEN, desc = "The withdrawal is lost, so that a retry is granted twice")
    public static class DepositWithdraw {

        private final RetryBudget budget = new RetryBudget(POLICY);

        @Actor
        void goesWell() {
            budget.deposit();
        }

        @Actor
        void retries(ZI_Result result) {
            result.r1 = budget.withdraw();
        }

        @Arbiter
        void after(ZI_Result result) {
            result.r2 = left(budget);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "3", expect = ACCEPTABLE, desc = "Both were added")
    @Outcome(
            id = {"1", "2"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "A deposit that met another one was given up")
    @Outcome(expect = FORBIDDEN, desc = "The reserve is lost, or there is more than was added")
    public static class DepositDeposit {

        private final RetryBudget budget = new RetryBudget(POLICY);

        @Actor
        void goesWell() {
            budget.deposit();
        }

        @Actor
        void goesWellToo() {
            budget.deposit();
        }

        @Arbiter
        void after(I_Result result) {
            result.r1 = left(budget);
        }
    }
}
