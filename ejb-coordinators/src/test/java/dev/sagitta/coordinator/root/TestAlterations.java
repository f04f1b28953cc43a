package dev.sagitta.coordinator.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.FunctionSchema;
import dev.sagitta.engine.schema.FunctionType;
import dev.sagitta.engine.schema.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules for what changes after a collection was made, over real snapshots. */
final class TestAlterations {
  private final Definitions definitions =
      new Definitions(
          DefinitionLimits.from(new Configuration(name -> Optional.empty())), List.of("p0"));
  private CatalogSnapshot snapshot = CatalogSnapshot.empty();
  private long nextId = 1000;

  @BeforeEach
  void createCollection() {
    run(create("books", Map.of(), key()));
  }

  @Test
  void addedFieldsStandBeforeTheDynamicOneWithANewId() {
    run(add(FieldSchema.of(7, "note", DataType.VARCHAR).asNullable().withParameters(length("9"))));
    assertThat(books().schema().fields())
        .extracting(FieldSchema::name)
        .containsExactly("id", "title", "vector", "note", "$meta");
    assertThat(books().schema().field("note").orElseThrow().id()).isEqualTo(104);
    assertThat(books().schema().field("$meta").orElseThrow().id()).isEqualTo(103);
    assertThat(books().updatedTimestamp()).isGreaterThan(books().createdTimestamp());
  }

  @Test
  void vectorFieldsComeUpToTheirLimit() {
    load();
    run(add(FieldSchema.of(0, "sparse", DataType.SPARSE_FLOAT_VECTOR).asNullable()));
    for (int number = 3; number <= 10; number++) {
      run(add(addedVector("vector" + number)));
    }
    refused(add(addedVector("more")), "maximum vector field's number should be limited to 10");
    assertThat(books().schema().field("vector10").orElseThrow().dimension()).isEqualTo(8);
    assertThat(books().loaded()).isTrue();
  }

  private static FieldSchema addedVector(String name) {
    return FieldSchema.of(0, name, DataType.FLOAT_VECTOR)
        .asNullable()
        .withParameters(Map.of("dim", "8"));
  }

  @Test
  void fieldsThatCannotComeAreRefused() {
    FieldSchema number = FieldSchema.of(0, "n", DataType.INT64).asNullable();
    refused(add(FieldSchema.of(0, "n", DataType.INT64)), "added field must be nullable");
    refused(add(FieldSchema.of(0, "title", DataType.INT64).asNullable()), "duplicated field name");
    refused(add(number.asPrimaryKey(false)), "not support to add pk field");
    refused(add(number.asPartitionKey()), "not support to add partition key field");
    refused(add(addedVector("v").withParameters(Map.of("dim", "1"))), "invalid dimension: 1");
    refused(
        add(FieldSchema.of(0, "v", DataType.FLOAT_VECTOR).asNullable()),
        "vector field must have dimension specified, field name = v");
    refused(
        add(FieldSchema.of(0, "v", DataType.FLOAT_VECTOR).withParameters(Map.of("dim", "8"))),
        "added field must be nullable, please check it, field name = v");
    refused(add(FieldSchema.of(0, "t", DataType.VARCHAR).asNullable()), "max_length");
    refused(add(number.withDefaultValue("text")), "is not equal to the type");
    fails(
        add(FieldSchema.of(0, "in", DataType.INT64).asNullable()),
        ErrorCode.FIELD_INVALID_NAME,
        "keyword");
  }

  @Test
  void parametersOfFieldsChangeWithinTheirRules() {
    run(alter("title", length("77")));
    assertThat(books().schema().field("title").orElseThrow().maxLength()).isEqualTo(77);
    run(alter("title", Map.of("field.description", "a title", "mmap_enabled", "true")));
    FieldSchema title = books().schema().field("title").orElseThrow();
    assertThat(title.description()).isEqualTo("a title");
    assertThat(title.parameters())
        .containsEntry("mmap.enabled", "true")
        .doesNotContainKey("field.description");
    refused(alter("vector", length("7")), "can not modify the maxlength for non-string types");
    refused(alter("title", length("65536")), "exceeds the maximum allowed value 65535");
    refused(alter("title", length("-1")), "above 0");
    refused(alter("title", Map.of("max_capacity", "7")), "maxcapacity for non-array types");
    refused(alter("title", Map.of("dim", "7")), "does not allow update");
    fails(alter("none", length("7")), ErrorCode.FIELD_NOT_FOUND, "field=none");
    fails(alter("$meta", length("7")), ErrorCode.FIELD_NOT_FOUND, "field=$meta");
    load();
    run(alter("title", length("78")));
    fails(
        alter("title", Map.of("mmap.enabled", "false")),
        ErrorCode.COLLECTION_LOADED,
        "can not alter collection field properties if collection loaded");
  }

  @Test
  void propertiesAreChecked() {
    run(properties(Map.of("collection.ttl.seconds", "-1", "anything", "else")));
    assertThat(books().properties()).containsEntry("anything", "else");
    run(properties(Map.of("consistency_level", "Strong", "collection.description", "all books")));
    assertThat(books().consistencyLevel()).isEqualTo(ConsistencyLevel.STRONG);
    assertThat(books().schema().description()).isEqualTo("all books");
    assertThat(books().properties()).doesNotContainKeys("consistency_level");
    Map.of(
            "collection.ttl.seconds", "-2",
            "mmap.enabled", "1",
            "collection.autocompaction.enabled", "on",
            "collection.replica.number", "0",
            "collection.insertRate.max.mb", "fast",
            "timezone", "Nowhere/Land",
            "consistency_level", "strong",
            "query_mode", "small",
            "warmup.vectorIndex", "always",
            "allow_insert_auto_id", "true")
        .forEach(
            (key, value) ->
                refused(
                    properties(Map.of(key, value)),
                    key.equals("allow_insert_auto_id") ? key : value));
    fails(
        properties(Map.of("partitionkey.isolation", "true")),
        ErrorCode.ILLEGAL_SCHEMA,
        "no partition key field is set");
    assertThatThrownBy(
            () -> changes(create("others", Map.of("collection.ttl.seconds", "long"), key())))
        .hasMessageContaining("collection TTL is not a valid positive integer");
  }

  @Test
  void theDynamicFieldComesButNeverGoes() {
    CollectionSchema plain = new CollectionSchema("plain", "", List.of(key(), vector()), false);
    run(create(plain, Map.of()));
    run(dynamic("plain", "true"));
    CollectionSchema schema = snapshot.collection(1, "plain").orElseThrow().schema();
    assertThat(schema.dynamicField().orElseThrow().id()).isEqualTo(102);
    assertThat(schema.dynamicFieldEnabled()).isTrue();
    assertThat(changes(dynamic("plain", "true"))).isEmpty();
    refused(dynamic("plain", "false"), "dynamic schema cannot supported to be disabled");
    refused(
        properties(Map.of("dynamicfield.enabled", "true", "timezone", "UTC")),
        "with other properties");
  }

  @Test
  void functionsComeChangeAndGo() {
    FunctionSchema embedding = embedding("local");
    run(new DefinitionCommand.AddFunction("default", "books", embedding));
    assertThat(books().schema().functions()).containsExactly(embedding.withId(100));
    run(new DefinitionCommand.AlterFunction("default", "books", "embed", embedding("tei")));
    assertThat(books().schema().functions()).containsExactly(embedding("tei").withId(100));
    assertThat(
            changes(
                new DefinitionCommand.AlterFunction("default", "books", "embed", embedding("tei"))))
        .isEmpty();
    refused(new DefinitionCommand.AddFunction("default", "books", embedding), "duplicate function");
    run(new DefinitionCommand.DropFunction("default", "books", "embed"));
    assertThat(books().schema().functions()).isEmpty();
    assertThat(changes(new DefinitionCommand.DropFunction("default", "books", "embed"))).isEmpty();
    fails(
        new DefinitionCommand.DropFunction("default", "none", "embed"),
        ErrorCode.COLLECTION_NOT_FOUND,
        "collection=none");
  }

  private static FunctionSchema embedding(String provider) {
    return new FunctionSchema(
        7,
        "embed",
        "",
        FunctionType.TEXT_EMBEDDING,
        List.of("title"),
        List.of("vector"),
        Map.of("provider", provider));
  }

  @Test
  void truncationsGoForward() {
    run(new DefinitionCommand.Truncate("default", "books"));
    long first = books().truncatedTimestamp();
    run(new DefinitionCommand.Truncate("default", "books"));
    assertThat(books().truncatedTimestamp()).isGreaterThan(first);
    fails(
        new DefinitionCommand.Truncate("default", "none"),
        ErrorCode.COLLECTION_NOT_FOUND,
        "collection=none");
  }

  @Test
  void partitionKeysGetSixteenPartitionsAndKeepThem() {
    FieldSchema tenant = FieldSchema.of(0, "tenant", DataType.INT64).asPartitionKey();
    run(create("keyed", Map.of(), key(), tenant));
    CollectionDescriptor keyed = snapshot.collection(1, "keyed").orElseThrow();
    assertThat(keyed.partitions()).hasSize(16);
    assertThat(keyed.partition("_default_15")).isPresent();
    fails(
        new DefinitionCommand.ChangeLoad("default", "keyed", List.of("_default_0"), true),
        ErrorCode.UNEXPECTED,
        "disable load partitions if partition key mode is used");
    assertThatThrownBy(
            () ->
                changes(
                    create(
                        "two",
                        Map.of(),
                        key(),
                        tenant,
                        FieldSchema.of(0, "other", DataType.INT64).asPartitionKey())))
        .hasMessageContaining("more than one partition key");
  }

  @Test
  void indexesAreAlteredWhileReleased() {
    load();
    DefinitionCommand mmap =
        new DefinitionCommand.AlterIndex(
            "default", "books", "vector", Map.of("mmap.enabled", "true"), Set.of());
    fails(mmap, ErrorCode.COLLECTION_LOADED, "can't alter index on loaded collection");
    run(new DefinitionCommand.ChangeLoad("default", "books", List.of(), false));
    run(mmap);
    assertThat(books().index("vector").orElseThrow().userParameters())
        .containsEntry("mmap.enabled", "true");
    assertThat(books().index("vector").orElseThrow().parameters())
        .doesNotContainKey("mmap.enabled");
    run(
        new DefinitionCommand.AlterIndex(
            "default", "books", "vector", Map.of(), Set.of("mmap.enabled")));
    assertThat(books().index("vector").orElseThrow().userParameters()).isEmpty();
    refused(
        new DefinitionCommand.AlterIndex("default", "books", "vector", Map.of("M", "9"), Set.of()),
        "is not a configable index property");
    fails(
        new DefinitionCommand.AlterIndex(
            "default", "books", "none", Map.of("mmap.enabled", "true"), Set.of()),
        ErrorCode.INDEX_NOT_FOUND,
        "indexName=none");
  }

  @Test
  void databasesBoundTheirCollections() {
    run(new DefinitionCommand.CreateDatabase("shop", Map.of("database.max.collections", "1")));
    run(create(new CollectionSchema("one", "", List.of(key(), vector()), false), Map.of(), "shop"));
    fails(
        create(new CollectionSchema("two", "", List.of(key(), vector()), false), Map.of(), "shop"),
        ErrorCode.COLLECTION_LIMIT_EXCEEDED,
        "limit=1");
    run(new DefinitionCommand.AlterDatabase("shop", Map.of(), Set.of("database.max.collections")));
    run(create(new CollectionSchema("two", "", List.of(key(), vector()), false), Map.of(), "shop"));
    refused(
        new DefinitionCommand.AlterDatabase("shop", Map.of("timezone", "Mars"), Set.of()), "Mars");
    refused(new DefinitionCommand.AlterDatabase("shop", Map.of(), Set.of()), "cannot be empty");
  }

  private static FieldSchema key() {
    return FieldSchema.of(0, "id", DataType.INT64).asPrimaryKey(false);
  }

  private static FieldSchema vector() {
    return FieldSchema.of(0, "vector", DataType.FLOAT_VECTOR).withParameters(Map.of("dim", "8"));
  }

  private static Map<String, String> length(String length) {
    return Map.of("max_length", length);
  }

  private static DefinitionCommand create(
      String name, Map<String, String> properties, FieldSchema... first) {
    List<FieldSchema> fields = new ArrayList<>(List.of(first));
    fields.add(FieldSchema.of(0, "title", DataType.VARCHAR).withParameters(length("50")));
    fields.add(vector());
    return create(new CollectionSchema(name, "", fields, true), properties);
  }

  private static DefinitionCommand create(CollectionSchema schema, Map<String, String> properties) {
    return create(schema, properties, "default");
  }

  private static DefinitionCommand create(
      CollectionSchema schema, Map<String, String> properties, String database) {
    return new DefinitionCommand.CreateCollection(
        new RootCoordinator.CollectionCreation(
            database, schema, 1, Optional.empty(), ConsistencyLevel.BOUNDED, properties));
  }

  private static DefinitionCommand add(FieldSchema field) {
    return new DefinitionCommand.AddField("default", "books", field);
  }

  private static DefinitionCommand alter(String field, Map<String, String> parameters) {
    return new DefinitionCommand.AlterField("default", "books", field, parameters);
  }

  private static DefinitionCommand properties(Map<String, String> properties) {
    return new DefinitionCommand.AlterCollection("default", "books", properties, Set.of());
  }

  private static DefinitionCommand dynamic(String collection, String value) {
    return new DefinitionCommand.AlterCollection(
        "default", collection, Map.of("dynamicfield.enabled", value), Set.of());
  }

  private void load() {
    run(
        new DefinitionCommand.CreateIndex(
            new RootCoordinator.IndexCreation(
                "default",
                "books",
                "vector",
                Optional.empty(),
                Optional.of("HNSW"),
                Optional.of(MetricType.L2),
                Map.of())));
    run(new DefinitionCommand.ChangeLoad("default", "books", List.of(), true));
  }

  private CollectionDescriptor books() {
    return snapshot.collection(1, "books").orElseThrow();
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

  private void refused(DefinitionCommand command, String fragment) {
    fails(command, ErrorCode.INVALID_PARAMETER, fragment);
  }

  private void fails(DefinitionCommand command, ErrorCode code, String fragment) {
    assertThatThrownBy(() -> changes(command))
        .isInstanceOfSatisfying(
            SagittaException.class,
            failure -> assertThat(failure.errorCode()).as(failure.getMessage()).isEqualTo(code))
        .hasMessageContaining(fragment);
  }
}
