package io.github.primesim;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know which other: the compiler and the simulator meet in the trace alone. */
class ArchitectureTest {
  private static final String ROOT = "io.github.primesim";

  /** Every package of the product and the packages it may import; {@code units} is open to all. */
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          entry("units", List.of()),
          entry("kernel", List.of()),
          entry("network", List.of()),
          entry("network.onnx", List.of("network")),
          entry("hardware", List.of()),
          entry("mapping", List.of("network", "hardware")),
          entry("pruning", List.of("mapping", "network", "hardware")),
          entry("functional", List.of("mapping", "network", "hardware")),
          entry("metrics", List.of()),
          // The tallies of a program are counts of actions.
          entry("trace", List.of("metrics")),
          entry(
              "lowering",
              List.of("mapping", "functional", "trace", "network", "hardware", "metrics")),
          entry("timeline", List.of()),
          entry("device", List.of("kernel", "trace", "hardware", "metrics", "timeline")),
          entry("energy", List.of("metrics", "hardware")),
          entry(
              "experiment",
              List.of(
                  "kernel",
                  "network",
                  "hardware",
                  "mapping",
                  "pruning",
                  "functional",
                  "trace",
                  "lowering",
                  "metrics",
                  "device",
                  "timeline",
                  "energy")),
          entry("claim", List.of()),
          entry("baseline", List.of("network", "hardware")),
          entry(
              "validation",
              List.of(
                  "claim",
                  "baseline",
                  "experiment",
                  "network",
                  "hardware",
                  "functional",
                  "trace",
                  "lowering",
                  "metrics",
                  "energy")),
          entry("experiment.sweep", List.of("experiment", "hardware", "lowering")),
          entry(
              "experiment.evaluation",
              List.of(
                  "experiment",
                  "network",
                  "hardware",
                  "mapping",
                  "pruning",
                  "lowering",
                  "metrics",
                  "energy")),
          entry(
              "config",
              List.of(
                  "network",
                  "hardware",
                  "mapping",
                  "functional",
                  "trace",
                  "lowering",
                  "claim",
                  "baseline",
                  // What it reads files for; what is done with them it does not know.
                  "experiment",
                  "validation")),
          entry("report", List.of("experiment", "timeline", "claim", "validation")),
          entry(
              "cli", List.of("config", "experiment", "report", "claim", "validation", "timeline")));

  private static JavaClasses product;

  @BeforeAll
  static void readProduct() {
    product =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  static Stream<String> packages() {
    return MAY_IMPORT.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void importsOnlyWhatTheTableAllows(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name, "units"), MAY_IMPORT.get(name).stream())
            .map(ArchitectureTest::inRoot)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(inRoot(name))
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(allowed)))
        .allowEmptyShould(true)
        .check(product);
  }

  @Test
  void everyPackageStandsInTheTable() {
    TreeSet<String> found =
        product.stream()
            .map(JavaClass::getPackageName)
            .map(name -> name.substring(Math.min(name.length(), ROOT.length() + 1)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(MAY_IMPORT.keySet()).containsAll(found);
  }

  @Test
  void everyPackageSaysWhatItIs() {
    for (JavaPackage each : product.getPackage(ROOT).getSubpackagesInTree()) {
      if (!each.getClasses().isEmpty()) {
        // package-info.class is only written where there are annotations, so ask for the source.
        assertThat(
                java.nio.file.Path.of(
                    "src/main/java", each.getName().replace('.', '/'), "package-info.java"))
            .isRegularFile();
      }
    }
  }

  @Test
  void compilerAndSimulatorMeetOnlyInTheTrace() {
    String[] compiler = in("network", "mapping", "pruning", "functional", "lowering");
    String[] simulator = in("kernel", "device", "energy");
    noClasses()
        .that()
        .resideInAnyPackage(compiler)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(simulator)
        .check(product);
    noClasses()
        .that()
        .resideInAnyPackage(simulator)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(compiler)
        .check(product);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(product);
  }

  /** Files that are in order become records without it, so that it would count in others only. */
  @Test
  void noAnnotationOfJacksonSaysWhatARecordIsMadeOf() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml.jackson..", "tools.jackson.databind.annotation..")
        .check(product);
  }

  @Test
  void librariesStayWhereTheyBelong() {
    onlyIn("tools.jackson..", "config", "report");
    onlyIn("de.siegmar.fastcsv..", "config", "report");
    onlyIn("picocli..", "cli");
    onlyIn("me.tongfei..", "cli");
    onlyIn("org.openlca..", "config", "network");
    onlyIn("ai.onnx..", "network.onnx");
    onlyIn("com.google.protobuf..", "network.onnx");
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Manager|Util|Utils|Helper|Impl|Data|Info)")
        .check(product);
  }

  @Test
  void nothingIsSharedBetweenRuns() {
    List<String> statics =
        product.stream()
            .flatMap(each -> each.getFields().stream())
            .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
            .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
            .map(JavaField::getFullName)
            .toList();
    assertThat(statics).as("static fields that can change").isEmpty();
  }

  private static void onlyIn(String library, String... homes) {
    noClasses()
        .that(resideInAPackage(ROOT + "..").and(resideInAnyPackage(in(homes)).negate()))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(product);
  }

  private static String[] in(String... names) {
    return Arrays.stream(names).map(ArchitectureTest::inRoot).toArray(String[]::new);
  }

  private static String inRoot(String name) {
    return ROOT + "." + name + "..";
  }
}
