package dev.moorage;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.moorage.action.Action;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house stays as it was built: each rule with its reason. */
class ArchitectureTest {
    private static final String ROOT = "dev.moorage";
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** What each package may use of the others. A package that is not here may not be. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("contract", Set.of()),
            Map.entry("domain", Set.of()),
            Map.entry("view", Set.of("domain")),
            Map.entry("journal", Set.of("domain")),
            Map.entry("action", Set.of("contract", "domain", "view")),
            Map.entry("actor", Set.of("action", "contract", "domain", "view")),
            Map.entry("fault", Set.of("contract", "domain", "view")),
            Map.entry("http", Set.of("action", "actor", "contract", "domain", "fault", "journal", "view")),
            Map.entry("replay", Set.of("domain", "journal", "view")),
            Map.entry("load", Set.of("contract")),
            Map.entry(
                    "simulation",
                    Set.of("action", "actor", "contract", "domain", "fault", "http", "journal", "load", "view")),
            Map.entry("command", Set.of()));

    /** What is planned, what is done when, and what is counted is not among them. */
    private static final Set<String> DRIVES_A_SERVER = Set.of(
            "AskedFor",
            "Door",
            "EventLoopTimers",
            "Interruption",
            "Listing",
            "LoadCommand",
            "OwnServer",
            "SignedRequests");

    static Set<String> packages() {
        return MAY_USE.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyWhatStandsBeforeIt(String name) {
        var allowed = MAY_USE.get(name);
        var others = describe(
                "a package of Moorage that " + name + " has no arrow to",
                (JavaClass used) -> used.getPackageName().startsWith(ROOT)
                        && !used.getPackageName().equals(ROOT + "." + name)
                        && allowed.stream()
                                .noneMatch(other -> used.getPackageName().equals(ROOT + "." + other)));
        noClasses()
                .that(resideInAPackage(ROOT + "." + name))
                .should()
                .dependOnClassesThat(others)
                .because("a call flows one way, and nothing flows back but the answer")
                .check(CODE);
    }

    @Test
    void everyPackageHasItsPlace() {
        classes()
                .should()
                .resideInAnyPackage(packagesWithRoot())
                .because("a new package needs a place in the order, and arrows")
                .check(CODE);
    }

    private static String[] packagesWithRoot() {
        return Stream.concat(Stream.of(ROOT), packages().stream().map(name -> ROOT + "." + name))
                .toArray(String[]::new);
    }

    @Test
    void thereAreNoCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void theDomainUsesNothing() {
        noClasses()
                .that(resideInAPackage(ROOT + ".domain"))
                .should()
                .dependOnClassesThat(DescribedPredicate.not(
                        resideInAnyPackage(ROOT + ".domain", "java..", "org.jspecify.annotations")))
                .because("what a disk is does not depend on a framework")
                .check(CODE);
    }

    @Test
    void onlyTheActorsAndWhatServesThemKnowAkka() {
        noClasses()
                .that(resideInAnyPackage(ROOT + ".contract", ROOT + ".domain", ROOT + ".view", ROOT + ".action"))
                .should()
                .dependOnClassesThat(resideInAPackage("akka.."))
                .because("rules are pure functions")
                .check(CODE);
    }

    @Test
    void onlyTheDoorKnowsForWhomItCounts() {
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(ROOT, ROOT + ".http")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.micrometer..", "io.prometheus.."))
                .because("figures are told to whoever wants them, not written in one collector's terms")
                .check(CODE);
    }

    @Test
    void verbsAreNotPublic() {
        classes()
                .that()
                .areAssignableTo(Action.class)
                .and()
                .areRecords()
                .should()
                .notBePublic()
                .because("no one outside the table of actions names a verb, least of all an actor")
                .check(CODE);
    }

    @Test
    void timeAndChanceArePassedIn() {
        noClasses()
                .that(DescribedPredicate.not(belongsToTheOutside()))
                .should()
                .callMethodWhere(isOneOf(
                        Set.of(
                                Instant.class,
                                LocalDateTime.class,
                                UUID.class,
                                ThreadLocalRandom.class,
                                Clock.class,
                                System.class,
                                Math.class),
                        Set.of(
                                "now",
                                "randomUUID",
                                "current",
                                "systemUTC",
                                "systemDefaultZone",
                                "currentTimeMillis",
                                "nanoTime",
                                "random")))
                .orShould()
                .dependOnClassesThat(describe(
                        "threads and executors of their own",
                        (JavaClass used) -> used.isEquivalentTo(Thread.class) || used.isEquivalentTo(Executors.class)))
                .because("a simulated run has one clock, one seed and no threads but those of the actor system")
                .check(CODE);
    }

    /** The door, the launcher, the storage device and those who drive a server meet the real world. */
    private static DescribedPredicate<JavaClass> belongsToTheOutside() {
        return describe(
                "the door, the launcher, the storage device or who drives a server",
                type -> type.getPackageName().equals(ROOT)
                        || type.getPackageName().equals(ROOT + ".http")
                        || (type.getPackageName().equals(ROOT + ".load")
                                && DRIVES_A_SERVER.stream()
                                        .anyMatch(name -> type.getName().matches(".*[.]" + name + "([$].*)?")))
                        // Virtual time keeps strangers out, seeds its thread, and is run on several of them.
                        || type.getName().matches(".*[.]simulation[.](VirtualTime|Chance|Exploration)([$].*)?")
                        || type.getSimpleName().equals("LevelDbStorage")
                        || type.getSimpleName().equals("DirectoryLock")
                        // Opens a journal for an actor system that was not given one: that is never a simulated one.
                        || type.getSimpleName().equals("OpenJournal"));
    }

    @Test
    void stagesOfAkkaAreContinuedWithAnExecutor() {
        noClasses()
                .that(resideInAnyPackage(ROOT, ROOT + ".http", ROOT + ".actor", ROOT + ".simulation"))
                .should()
                .callMethodWhere(isOneOf(
                        Set.of(CompletionStage.class, CompletableFuture.class),
                        Set.of(
                                "thenApply",
                                "thenAccept",
                                "thenRun",
                                "thenCompose",
                                "thenCombine",
                                "handle",
                                "whenComplete",
                                "exceptionally")))
                .because("a stage that comes out of Akka's ask starts a thread for each bare continuation")
                .check(CODE);
    }

    private static DescribedPredicate<JavaCall<?>> isOneOf(Set<Class<?>> owners, Set<String> methods) {
        return describe("one of " + methods, call -> {
            AccessTarget target = call.getTarget();
            return methods.contains(target.getName())
                    && owners.stream().anyMatch(owner -> target.getOwner().isAssignableTo(owner));
        });
    }
}
