package dev.sagitta.rest.entity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.CollectionTimeZone;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.proxy.GetCommand;
import dev.sagitta.proxy.KeyLists;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import dev.sagitta.rest.row.PartialMerger;
import dev.sagitta.rest.row.PartialMerger.ArrayChange;
import dev.sagitta.rest.row.PartialRows;
import dev.sagitta.rest.row.RowsParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Upserts of rows that give only what changes. The stored rows are read with Strong consistency
 * first; of two concurrent upserts of one row the later one wins as a whole.
 */
final class PartialUpserts {
  private PartialUpserts() {}

  /** The whole rows to upsert if the request gives parts of rows; changes of arrays always do. */
  static Optional<ColumnBatch> rows(
      RequestContext context, CollectionDescriptor collection, RequestBody body) {
    Map<String, ArrayChange> changes = changes(body);
    return changes.isEmpty() && !body.flag("partialUpdate", false)
        ? Optional.empty()
        : Optional.of(rows(context, collection, body, changes));
  }

  private static ColumnBatch rows(
      RequestContext context,
      CollectionDescriptor collection,
      RequestBody body,
      Map<String, ArrayChange> changes) {
    CollectionSchema schema = collection.schema();
    PartialRows partial =
        RowsParser.parsePartial(
            schema,
            CollectionTimeZone.of(collection),
            EntityRequests.rows(body, context.services().settings()));
    changes.forEach((name, change) -> checkChange(schema, name, change));
    long keyFieldId = schema.primaryKey().id();
    PrimaryKeys keys = ColumnBatches.primaryKeys(partial.rows().column(keyFieldId));
    List<Long> fieldIds = new ArrayList<>(partial.rows().columns().keySet());
    ColumnBatch stored =
        context
            .services()
            .queries()
            .get(
                new GetCommand(
                    collection, List.of(), keys, fieldIds, Optional.of(ConsistencyLevel.STRONG)),
                context.deadline());
    int[] storedRow = storedRows(keys, ColumnBatches.primaryKeys(stored.column(keyFieldId)));
    return new PartialMerger(schema, partial, stored, storedRow, changes).merge();
  }

  private static int[] storedRows(PrimaryKeys keys, PrimaryKeys storedKeys) {
    Map<Object, Integer> rowOfKey = new HashMap<>();
    for (int row = 0; row < storedKeys.size(); row++) {
      rowOfKey.put(KeyLists.get(storedKeys, row), row);
    }
    int[] rows = new int[keys.size()];
    Arrays.setAll(rows, i -> rowOfKey.getOrDefault(KeyLists.get(keys, i), -1));
    return rows;
  }

  /** The {@code fieldOps}: what is done with the arrays that rows give. */
  private static Map<String, ArrayChange> changes(RequestBody body) {
    Optional<JsonNode> operations = body.value("fieldOps");
    Map<String, ArrayChange> changes = new HashMap<>();
    if (operations.isEmpty()) {
      return changes;
    }
    if (!operations.get().isArray()) {
      throw JsonErrors.wrongType("fieldOps", "an array of objects", operations.get());
    }
    for (JsonNode node : operations.get()) {
      Map<String, JsonNode> members = RequestBody.membersOf("fieldOps", node);
      String name = text(members, "fieldName");
      ArrayChange earlier = changes.put(name, change(text(members, "op")));
      if (earlier != null) {
        throw SagittaException.invalidParameter("field given twice: fieldOps.fieldName=" + name);
      }
    }
    return changes;
  }

  private static String text(Map<String, JsonNode> members, String key) {
    JsonNode node = members.get(key);
    if (node == null || node.isNull()) {
      throw JsonErrors.missing(key);
    }
    return RequestBody.textOf("fieldOps." + key, node);
  }

  private static ArrayChange change(String name) {
    for (ArrayChange change : ArrayChange.values()) {
      if (change.name().equals(name.toUpperCase(Locale.ROOT))) {
        return change;
      }
    }
    throw SagittaException.invalidParameter(
        "unsupported field operation, supported are "
            + Arrays.toString(ArrayChange.values())
            + ": fieldOps.op="
            + name);
  }

  private static void checkChange(CollectionSchema schema, String name, ArrayChange change) {
    FieldSchema field =
        schema
            .field(name)
            .orElseThrow(
                () ->
                    SagittaException.invalidParameter(
                        "field not found: fieldOps.fieldName=" + name));
    if (change != ArrayChange.REPLACE && field.type() != DataType.ARRAY) {
      throw SagittaException.invalidParameter(
          change
              + " needs an Array field: fieldOps.fieldName="
              + name
              + " type="
              + field.type().milvusName());
    }
  }
}
