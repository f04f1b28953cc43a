package dev.sagitta.rest.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.proxy.GetCommand;
import dev.sagitta.rest.ConsistencyLevels;
import dev.sagitta.rest.Endpoint;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.json.RequestBody;
import dev.sagitta.rest.row.KeysParser;
import dev.sagitta.rest.row.OutputFields;
import java.io.IOException;

/** {@code /entities/get}. */
final class GetEntities implements Endpoint {
  @Override
  public void answer(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    PrimaryKeys keys =
        KeysParser.parse(collection.schema().primaryKey(), "id", body.requiredRange("id"));
    int maximum = context.services().settings().maximumResultWindow();
    if (keys.size() > maximum) {
      throw SagittaException.invalidParameter(
          "too many ids: key=id count=" + keys.size() + " limit=" + maximum);
    }
    OutputFields output =
        OutputFields.resolve(collection.schema(), QueryEntities.outputNames(body));
    GetCommand command =
        new GetCommand(
            collection,
            EntityRequests.partitions(collection, body),
            keys,
            output.fieldIds(),
            ConsistencyLevels.of(body));
    long startNanos = System.nanoTime();
    ColumnBatch rows = context.services().queries().get(command, context.deadline());
    context.services().metrics().queried(startNanos);
    QueryEntities.write(context, out, output, EntityRequests.zone(collection, body), rows);
  }
}
