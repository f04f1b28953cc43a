package dev.sagitta.rest.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.CollectionTimeZone;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.rest.Endpoint;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.json.RequestBody;
import dev.sagitta.rest.row.RowsParser;
import dev.sagitta.rest.row.RowsParser.GeneratedKeys;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** {@code /entities/upsert}. */
final class UpsertEntities implements Endpoint {
  @Override
  public void answer(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    Optional<String> partition = EntityRequests.partition(collection, body);
    ColumnBatch rows =
        PartialUpserts.rows(context, collection, body)
            .orElseGet(
                () ->
                    RowsParser.parse(
                        collection.schema(),
                        GeneratedKeys.REQUIRED,
                        CollectionTimeZone.of(collection),
                        EntityRequests.rows(body, context.services().settings())));
    checkDistinct(collection.schema().primaryKey(), rows);
    PrimaryKeys keys =
        context.services().writes().upsert(collection, partition, rows, context.deadline());
    context.services().metrics().upserted(keys.size());
    out.writeNumberField("cost", 0);
    out.writeObjectFieldStart("data");
    out.writeNumberField("upsertCount", keys.size());
    out.writeFieldName("upsertIds");
    KeysWriter.writeAll(out, keys, context.int64AsNumber());
    out.writeEndObject();
  }

  private static void checkDistinct(FieldSchema primaryKey, ColumnBatch rows) {
    switch (ColumnBatches.primaryKeys(rows.column(primaryKey.id()))) {
      case PrimaryKeys.LongKeys longs -> {
        long[] sorted = longs.values().clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
          if (sorted[i - 1] == sorted[i]) {
            throw duplicate(primaryKey, Long.toString(sorted[i]));
          }
        }
      }
      case PrimaryKeys.StringKeys strings -> {
        Set<String> seen = new HashSet<>();
        for (String value : strings.values()) {
          if (!seen.add(value)) {
            throw duplicate(primaryKey, value);
          }
        }
      }
    }
  }

  private static SagittaException duplicate(FieldSchema primaryKey, String value) {
    return SagittaException.invalidParameter(
        "duplicate primary keys are not allowed in the same batch: field="
            + primaryKey.name()
            + " value="
            + value);
  }
}
