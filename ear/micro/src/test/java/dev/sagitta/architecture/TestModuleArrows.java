package dev.sagitta.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Dependencies point one way: web-api, query-nodes, ejb-coordinators, engine; workers, query-nodes.
 */
final class TestModuleArrows {
  private static final String ENGINE = "dev.sagitta.engine..";
  private static final String CONNECTORS = "dev.sagitta.connector..";
  private static final String COORDINATORS = "dev.sagitta.coordinator..";
  private static final String QUERY_NODES = "dev.sagitta.query..";
  private static final String WORKERS = "dev.sagitta.worker..";
  private static final String EMBEDDING = "dev.sagitta.embedding..";
  private static final List<String> WEB = List.of("dev.sagitta.rest..", "dev.sagitta.proxy..");

  private static final List<String> MODULES =
      List.of(
          "engine",
          "connectors/object-store/api",
          "connectors/object-store/rar",
          "connectors/wal/api",
          "connectors/wal/rar",
          "embedding/api",
          "embedding/onnx",
          "ejb-coordinators",
          "query-nodes",
          "mdb-workers",
          "web-api");

  // From the modules' folders, because the adapters are no libraries of the package.
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPaths(
              MODULES.stream()
                  .map(module -> Path.of("..", "..", module, "target", "classes"))
                  .toList());

  @Test
  void everyModuleIsSeen() {
    for (String part :
        List.of(
            "engine",
            "connector",
            "embedding",
            "coordinator",
            "query",
            "worker",
            "rest",
            "proxy")) {
      assertThat(CLASSES.stream())
          .as("classes of dev.sagitta." + part)
          .anyMatch(type -> type.getPackageName().startsWith("dev.sagitta." + part));
    }
  }

  @Test
  void engineKnowsLibrariesOnly() {
    noClasses()
        .that()
        .resideInAPackage(ENGINE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta..",
            "org.eclipse.microprofile..",
            "com.hazelcast..",
            "org.apache.activemq..",
            "software.amazon..",
            "ai.onnxruntime..",
            "java.net.http..",
            CONNECTORS,
            EMBEDDING,
            COORDINATORS,
            QUERY_NODES,
            WORKERS,
            WEB.get(0),
            WEB.get(1))
        .check(CLASSES);
  }

  @Test
  void connectorsKnowNobody() {
    noClasses()
        .that()
        .resideInAPackage(CONNECTORS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ENGINE, COORDINATORS, QUERY_NODES, WORKERS, WEB.get(0), WEB.get(1))
        .check(CLASSES);
  }

  @Test
  void embeddingKnowsTheEngineOnly() {
    noClasses()
        .that()
        .resideInAPackage(EMBEDDING)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta..", CONNECTORS, COORDINATORS, QUERY_NODES, WORKERS, WEB.get(0), WEB.get(1))
        .check(CLASSES);
  }

  /** The runtime is loaded by a class loader of its own: nobody else may need its classes. */
  @Test
  void onlyTheOnnxPackageKnowsItsRuntime() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.sagitta.embedding.onnx..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.onnxruntime..", "dev.sagitta.embedding.onnx..")
        .check(CLASSES);
  }

  @Test
  void coordinatorsNeverCallNodes() {
    noClasses()
        .that()
        .resideInAPackage(COORDINATORS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(QUERY_NODES, WORKERS, WEB.get(0), WEB.get(1))
        .check(CLASSES);
  }

  @Test
  void queryNodesKnowNeitherWorkersNorWeb() {
    noClasses()
        .that()
        .resideInAPackage(QUERY_NODES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(WORKERS, WEB.get(0), WEB.get(1))
        .check(CLASSES);
  }

  @Test
  void workersAndWebDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(WORKERS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(WEB.get(0), WEB.get(1))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(WEB.get(0), WEB.get(1))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(WORKERS)
        .check(CLASSES);
  }

  @Test
  void onlyTheClusterPackageKnowsHazelcast() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.sagitta.coordinator.cluster..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.hazelcast..")
        .check(CLASSES);
  }

  @Test
  void theProxyDoesNotKnowRest() {
    noClasses()
        .that()
        .resideInAPackage("dev.sagitta.proxy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.sagitta.rest..", "jakarta.servlet..", "jakarta.ws.rs..")
        .check(CLASSES);
  }

  @Test
  void modulesHaveNoCycles() {
    slices().matching("dev.sagitta.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
