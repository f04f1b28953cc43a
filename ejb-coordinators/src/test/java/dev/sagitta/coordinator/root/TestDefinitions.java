package dev.sagitta.coordinator.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Drives the rules over real snapshots: what commands change, refuse, and silently accept. */
final class TestDefinitions {
  private final Definitions definitions =
      new Definitions(
          DefinitionLimits.from(new Configuration(name -> Optional.empty())), List.of("p0", "p1"));
  private CatalogSnapshot snapshot = CatalogSnapshot.empty();
  private long nextId = 1000;

  @Test
  void createCollectionNumbersFieldsAndSpreadsShards() {
    run(create("books", 3));
    CollectionDescriptor books = collection("books");
    assertThat(books.schema().fields())
        .extracting(FieldSchema::id)
        .containsExactly(100L, 101L, 102L);
    assertThat(books.schema().dynamicField()).isPresent();
    assertThat(books.vchannels()).hasSize(3).doesNotHaveDuplicates();
    assertThat(books.vchannels().get(0)).startsWith("p0_" + books.id() + "v0");
    assertThat(books.vchannels().get(1)).startsWith("p1_");
    assertThat(books.partition("_default")).isPresent();
  }

  @Test
  void createCollectionAgainIsSilentWhenEqualAndRefusedWhenNot() {
    run(create("books", 1));
    assertThat(changes(create("books", 1))).isEmpty();
    assertFails(
        create("books", 2),
        ErrorCode.UNEXPECTED,
        "create duplicate collection with different parameters");
  }

  @Test
  void dropOfWhatIsAbsentIsSilent() {
    assertThat(changes(new DefinitionCommand.DropCollection("default", "none"))).isEmpty();
    assertThat(changes(new DefinitionCommand.DropAlias("default", "none"))).isEmpty();
    run(create("books", 1));
    assertThat(changes(new DefinitionCommand.DropIndex("default", "books", "none"))).isEmpty();
    assertThat(changes(new DefinitionCommand.DropPartition("default", "books", "none"))).isEmpty();
  }

  @Test
  void namesThatAreNotThereGiveMilvusCodes() {
    assertFails(
        new DefinitionCommand.DropCollection("none", "books"),
        ErrorCode.DATABASE_NOT_FOUND,
        "database not found[database=none]");
    assertFails(
        new DefinitionCommand.ChangeLoad("default", "books", List.of(), true),
        ErrorCode.COLLECTION_NOT_FOUND,
        "collection not found[database=default][collection=books]");
    run(create("books", 1));
    assertFails(
        new DefinitionCommand.ChangeLoad("default", "books", List.of("p"), true),
        ErrorCode.PARTITION_NOT_FOUND,
        "partition not found[partition=p]");
  }

  @Test
  void loadNeedsAnIndexOnTheVectorField() {
    run(create("books", 1));
    assertFails(
        new DefinitionCommand.ChangeLoad("default", "books", List.of(), true),
        ErrorCode.INDEX_NOT_FOUND,
        "index not found[collection=books]");
    run(index("books", "AUTOINDEX"));
    run(new DefinitionCommand.ChangeLoad("default", "books", List.of(), true));
    assertThat(collection("books").loaded()).isTrue();
    assertThat(changes(new DefinitionCommand.ChangeLoad("default", "books", List.of(), true)))
        .isEmpty();
    assertFails(
        new DefinitionCommand.DropIndex("default", "books", "vector"),
        ErrorCode.INVALID_PARAMETER,
        "vector index cannot be dropped on loaded collection");
    run(new DefinitionCommand.ChangeLoad("default", "books", List.of(), false));
    run(new DefinitionCommand.DropIndex("default", "books", "vector"));
    assertThat(collection("books").indexes()).isEmpty();
  }

  @Test
  void autoIndexBecomesHnswAndASecondIndexIsRefused() {
    run(create("books", 1));
    run(index("books", "AUTOINDEX"));
    assertThat(collection("books").indexes().getFirst().indexType()).isEqualTo("HNSW");
    assertThat(collection("books").indexes().getFirst().requestedType()).isEqualTo("AUTOINDEX");
    assertThat(changes(index("books", "AUTOINDEX"))).isEmpty();
    assertFails(
        index("books", "FLAT"),
        ErrorCode.UNEXPECTED,
        "at most one distinct index is allowed per field");
  }

  @Test
  void scalarIndexesAreResolvedAndAJsonFieldHasOneForEachPath() {
    run(create("books", 1));
    run(scalarIndex("id", "", Map.of()));
    IndexDescriptor automatic = collection("books").index("id").orElseThrow();
    assertThat(automatic.indexType()).isEqualTo("HYBRID");
    assertThat(automatic.requestedType()).isEqualTo("AUTOINDEX");
    assertThat(automatic.isVectorIndex()).isFalse();
    assertThat(changes(scalarIndex("id", "", Map.of()))).isEmpty();
    assertFails(
        scalarIndex("id", "STL_SORT", Map.of()),
        ErrorCode.UNEXPECTED,
        "at most one distinct index is allowed per field");

    // Keys of the dynamic field, each at its own path.
    run(scalarIndex("pages", "INVERTED", Map.of("json_cast_type", "DOUBLE")));
    assertThat(collection("books").index("pages").orElseThrow().parameters())
        .containsEntry("json_path", "pages");
    run(scalarIndex("author", "AUTOINDEX", Map.of("json_cast_type", "VARCHAR")));
    assertThat(collection("books").index("author").orElseThrow().indexType()).isEqualTo("INVERTED");
    assertFails(
        scalarIndex(
            "again", "INVERTED", Map.of("json_cast_type", "BOOL", "json_path", "$meta['pages']")),
        ErrorCode.UNEXPECTED,
        "at most one distinct index is allowed per field");
    assertFails(
        scalarIndex("title", "INVERTED", Map.of()),
        ErrorCode.INVALID_PARAMETER,
        "cannot create index on non-exist field: title");
    assertFails(
        scalarIndex("id", "Trie", Map.of()), ErrorCode.INVALID_PARAMETER, "field=id type=Int64");
    run(new DefinitionCommand.DropIndex("default", "books", "pages"));
    assertThat(collection("books").indexes()).hasSize(2);
  }

  @Test
  void partitionsAreLoadedReleasedAndGuarded() {
    run(create("books", 1));
    run(index("books", "FLAT"));
    run(new DefinitionCommand.CreatePartition("default", "books", "novels"));
    assertThat(changes(new DefinitionCommand.CreatePartition("default", "books", "novels")))
        .isEmpty();
    run(new DefinitionCommand.ChangeLoad("default", "books", List.of("novels"), true));
    assertFails(
        new DefinitionCommand.DropPartition("default", "books", "novels"),
        ErrorCode.UNEXPECTED,
        "partition cannot be dropped, partition is loaded");
    run(new DefinitionCommand.ChangeLoad("default", "books", List.of("novels"), false));
    run(new DefinitionCommand.DropPartition("default", "books", "novels"));
    assertThat(collection("books").partition("novels")).isEmpty();
    assertFails(
        new DefinitionCommand.DropPartition("default", "books", "_default"),
        ErrorCode.INVALID_PARAMETER,
        "default partition");
  }

  @Test
  void aliasesAreUniqueAndMovable() {
    run(create("books", 1));
    run(create("films", 1));
    run(new DefinitionCommand.SetAlias("default", "books", "media", false));
    assertThat(changes(new DefinitionCommand.SetAlias("default", "books", "media", false)))
        .isEmpty();
    assertFails(
        new DefinitionCommand.SetAlias("default", "films", "media", false),
        ErrorCode.ALIAS_ALREADY_EXISTS,
        "is alias to another collection");
    run(new DefinitionCommand.SetAlias("default", "films", "media", true));
    assertThat(collection("media").name()).isEqualTo("films");
    assertFails(
        new DefinitionCommand.SetAlias("default", "films", "books", false),
        ErrorCode.ALIAS_COLLECTION_NAME_CONFLICT,
        "alias and collection name conflict");
    assertFails(
        new DefinitionCommand.DropCollection("default", "media"),
        ErrorCode.UNEXPECTED,
        "cannot drop the collection via alias");
    assertFails(
        create("media", 1),
        ErrorCode.ALIAS_COLLECTION_NAME_CONFLICT,
        "alias and collection name conflict");
  }

  @Test
  void databasesAreGuarded() {
    run(new DefinitionCommand.CreateDatabase("shop", Map.of()));
    assertFails(
        new DefinitionCommand.CreateDatabase("shop", Map.of()),
        ErrorCode.UNEXPECTED,
        "database already exist");
    assertFails(
        new DefinitionCommand.DropDatabase("default"),
        ErrorCode.UNEXPECTED,
        "can not drop default database");
    assertFails(new DefinitionCommand.DropDatabase("none"), ErrorCode.DATABASE_NOT_FOUND, "none");
    run(create("books", 1));
    run(new DefinitionCommand.RenameCollection("default", "books", "books", Optional.of("shop")));
    assertFails(
        new DefinitionCommand.DropDatabase("shop"),
        ErrorCode.UNEXPECTED,
        "not empty, must drop all collections before drop database");
    run(new DefinitionCommand.DropCollection("shop", "books"));
    run(new DefinitionCommand.DropDatabase("shop"));
    assertThat(snapshot.databases()).hasSize(1);
  }

  @Test
  void propertiesAreSetAndRemoved() {
    run(create("books", 1));
    run(
        new DefinitionCommand.AlterCollection(
            "default", "books", Map.of("collection.ttl.seconds", "60"), Set.of()));
    assertThat(collection("books").properties()).containsEntry("collection.ttl.seconds", "60");
    run(
        new DefinitionCommand.AlterCollection(
            "default", "books", Map.of(), Set.of("collection.ttl.seconds")));
    assertThat(collection("books").properties()).isEmpty();
  }

  private static DefinitionCommand create(String name, int shards) {
    CollectionSchema schema =
        new CollectionSchema(
            name,
            "",
            List.of(
                FieldSchema.of(0, "id", DataType.INT64).asPrimaryKey(false),
                FieldSchema.of(0, "vector", DataType.FLOAT_VECTOR)
                    .withParameters(Map.of("dim", "8"))),
            true);
    return new DefinitionCommand.CreateCollection(
        new RootCoordinator.CollectionCreation(
            "default", schema, shards, Optional.empty(), ConsistencyLevel.BOUNDED, Map.of()));
  }

  private static DefinitionCommand index(String collection, String type) {
    return new DefinitionCommand.CreateIndex(
        new RootCoordinator.IndexCreation(
            "default",
            collection,
            "vector",
            Optional.empty(),
            Optional.of(type),
            Optional.of(MetricType.L2),
            Map.of()));
  }

  private static DefinitionCommand scalarIndex(
      String field, String type, Map<String, String> parameters) {
    return new DefinitionCommand.CreateIndex(
        new RootCoordinator.IndexCreation(
            "default",
            "books",
            field,
            Optional.empty(),
            Optional.of(type),
            Optional.empty(),
            parameters));
  }

  private CollectionDescriptor collection(String name) {
    return snapshot.collection(1, name).orElseThrow();
  }

  private List<CatalogChange> changes(DefinitionCommand command) {
    long first = nextId;
    nextId += command.ids();
    return definitions.proposal(command, first).changes(snapshot);
  }

  private void run(DefinitionCommand command) {
    List<CatalogChange> changes = changes(command);
    assertThat(changes).as("changes of " + command).isNotEmpty();
    for (CatalogChange change : changes) {
      snapshot = snapshot.apply(change);
    }
  }

  private void assertFails(DefinitionCommand command, ErrorCode code, String fragment) {
    assertThatThrownBy(() -> changes(command))
        .isInstanceOfSatisfying(
            SagittaException.class, failure -> assertThat(failure.errorCode()).isEqualTo(code))
        .hasMessageContaining(fragment);
  }
}
