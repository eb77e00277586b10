package io.serviceresolver;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** The arrows between the packages point one way, and what is dear or global is used in one place. */
@AnalyzeClasses(packages = "io.serviceresolver", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.serviceresolver";

    @ArchTest
    static final ArchRule textStandsAlone = only("text");

    @ArchTest
    static final ArchRule selectorSeesText = only("selector", "text");

    @ArchTest
    static final ArchRule endpointSeesSelector = only("endpoint", "selector", "text");

    @ArchTest
    static final ArchRule sourceSeesEndpoint = only("source", "endpoint", "selector", "text");

    @ArchTest
    static final ArchRule balancerSeesEndpoint = only("balancer", "call", "endpoint", "selector");

    @ArchTest
    static final ArchRule filterSeesEndpoint = only("filter", "endpoint", "selector", "text");

    @ArchTest
    static final ArchRule callSeesEndpoint = only("call", "endpoint", "selector", "text");

    @ArchTest
    static final ArchRule healthSeesCall = only("health", "call", "endpoint", "text");

    @ArchTest
    static final ArchRule checkSeesEndpoint = only("check", "endpoint", "text");

    @ArchTest
    static final ArchRule routingSeesEndpoint = only("routing", "endpoint", "text");

    @ArchTest
    static final ArchRule httpSeesTheApi = only("http", "", "call", "endpoint", "source", "text");

    @ArchTest
    static final ArchRule metricsSeeTheApi = only("metrics", "", "call", "endpoint", "source");

    @ArchTest
    static final ArchRule nobodyBelowSeesTheApi = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".http", ROOT + ".metrics")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule micrometerIsOptional = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".metrics")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule caffeineKeepsHandlesAndNothingElse = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.benmanes..");

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .that()
            .doNotHaveSimpleName("ServiceResolverBuilder")
            .and()
            .resideOutsideOfPackage(ROOT + ".testkit")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule durationsOfAnyLengthAreConverted = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".testkit")
            .should()
            .callMethod(Duration.class, "toNanos")
            .orShould()
            .callMethod(Duration.class, "toMillis")
            .because("they throw where TimeUnit.convert gives the largest number, and users say FOREVER");

    @ArchTest
    static final ArchRule classesAreFinalOrSealed = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .should(beFinalOrSealed());

    private static ArchCondition<JavaClass> beFinalOrSealed() {
        return ArchCondition.from(DescribedPredicate.describe(
                "be final or sealed",
                type -> type.getModifiers().contains(JavaModifier.FINAL)
                        || type.reflect().isSealed()));
    }

    private static ArchRule only(String from, String... to) {
        String[] allowed = Stream.concat(Stream.of(from), Arrays.stream(to))
                .map(name -> name.isEmpty() ? ROOT : ROOT + "." + name)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> other =
                resideInAPackage(ROOT + "..").and(DescribedPredicate.not(resideInAnyPackage(allowed)));
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + from)
                .should()
                .dependOnClassesThat(other)
                .as(from + " sees " + Arrays.toString(to) + " of our packages only")
                .allowEmptyShould(true);
    }
}
