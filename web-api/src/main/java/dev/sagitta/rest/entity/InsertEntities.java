package dev.sagitta.rest.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.CollectionTimeZone;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.rest.Endpoint;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.json.RequestBody;
import dev.sagitta.rest.row.RowsParser;
import dev.sagitta.rest.row.RowsParser.GeneratedKeys;
import java.io.IOException;
import java.util.Optional;

/** {@code /entities/insert}. */
final class InsertEntities implements Endpoint {
  /** Collection property that lets clients give keys although the server could make them. */
  private static final String ALLOW_KEYS_PROPERTY = "allow_insert_auto_id";

  @Override
  public void answer(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    Optional<String> partition = EntityRequests.partition(collection, body);
    boolean keysAllowed = "true".equalsIgnoreCase(collection.properties().get(ALLOW_KEYS_PROPERTY));
    ColumnBatch rows =
        RowsParser.parse(
            collection.schema(),
            keysAllowed ? GeneratedKeys.ALLOWED : GeneratedKeys.REFUSED,
            CollectionTimeZone.of(collection),
            EntityRequests.rows(body, context.services().settings()));
    PrimaryKeys keys =
        context.services().writes().insert(collection, partition, rows, context.deadline());
    context.services().metrics().inserted(keys.size());
    out.writeNumberField("cost", 0);
    out.writeObjectFieldStart("data");
    out.writeNumberField("insertCount", keys.size());
    out.writeFieldName("insertIds");
    KeysWriter.writeAll(out, keys, context.int64AsNumber());
    out.writeEndObject();
  }
}
