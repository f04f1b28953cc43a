package dev.sagitta.engine.catalog;

import static dev.sagitta.engine.catalog.CatalogTransitions.collection;
import static dev.sagitta.engine.catalog.CatalogTransitions.require;

import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Changes of a collection's schema. Files and log records stay readable: fields only come. */
final class SchemaTransitions {
  private SchemaTransitions() {}

  static CatalogSnapshot change(CatalogSnapshot snapshot, CatalogChange.SchemaChanged change) {
    CollectionDescriptor collection = collection(snapshot, change.collectionId(), change);
    CollectionSchema after = change.schema();
    requireFieldsKept(collection.schema(), after, change);
    require(collection.schema().structs().equals(after.structs()), "structs are others", change);
    requireNewIds(collection.schema(), after, change);
    requireDistinctNames(after, change);
    require(
        after.dynamicFieldEnabled() == after.dynamicField().isPresent(),
        "dynamic field is not as enabled",
        change);
    return snapshot.withCollection(collection.withSchema(after, change.timestamp()));
  }

  private static void requireFieldsKept(
      CollectionSchema before, CollectionSchema after, CatalogChange change) {
    for (FieldSchema field : before.fields()) {
      Optional<FieldSchema> kept = after.field(field.id());
      require(kept.isPresent(), "field is gone", change);
      require(isSameColumn(field, kept.get()), "field is another one", change);
    }
  }

  private static boolean isSameColumn(FieldSchema before, FieldSchema after) {
    boolean sameDimension = !before.type().isVector() || before.dimension() == after.dimension();
    return before.name().equals(after.name())
        && before.type() == after.type()
        && before.elementType().equals(after.elementType())
        && before.primaryKey() == after.primaryKey()
        && before.autoId() == after.autoId()
        && before.partitionKey() == after.partitionKey()
        && before.dynamic() == after.dynamic()
        && before.nullable() == after.nullable()
        && before.defaultValue().equals(after.defaultValue())
        && sameDimension;
  }

  private static void requireNewIds(
      CollectionSchema before, CollectionSchema after, CatalogChange change) {
    long largest = before.largestFieldId();
    Set<Long> ids = new HashSet<>();
    for (FieldSchema field : after.fields()) {
      require(ids.add(field.id()), "field id is there twice", change);
      if (before.field(field.id()).isEmpty()) {
        require(field.id() > largest, "new field's id is not above the others", change);
        require(
            field.nullable() || field.defaultValue().isPresent() || field.dynamic(),
            "new field has no value for the rows that are there",
            change);
      }
    }
  }

  private static void requireDistinctNames(CollectionSchema after, CatalogChange change) {
    Set<String> names = new HashSet<>();
    for (FieldSchema field : after.fields()) {
      require(names.add(field.name()), "field name is there twice", change);
    }
  }
}
