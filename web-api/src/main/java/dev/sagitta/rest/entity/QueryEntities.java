package dev.sagitta.rest.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.proxy.QueryCommand;
import dev.sagitta.query.request.FilterText;
import dev.sagitta.query.request.RowVisibility;
import dev.sagitta.rest.ConsistencyLevels;
import dev.sagitta.rest.Endpoint;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.entity.EntityRequests.Page;
import dev.sagitta.rest.json.RequestBody;
import dev.sagitta.rest.row.OutputFields;
import dev.sagitta.rest.row.RowsWriter;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** {@code /entities/query}, counts included. */
final class QueryEntities implements Endpoint {
  @Override
  public void answer(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    EntityRequests.refuseUnsupported(body, "orderByFields", "groupByFields");
    CollectionDescriptor collection = context.collection(body);
    List<String> outputNames = outputNames(body);
    long startNanos = System.nanoTime();
    if (outputNames.contains(OutputFields.COUNT)) {
      count(context, collection, body, outputNames, out);
    } else {
      rows(context, collection, body, outputNames, out);
    }
    context.services().metrics().queried(startNanos);
  }

  /** The output fields' names; all fields if the request names none. */
  static List<String> outputNames(RequestBody body) {
    List<String> names = body.texts("outputFields");
    return names.isEmpty() ? List.of(OutputFields.ALL) : names;
  }

  private static void rows(
      RequestContext context,
      CollectionDescriptor collection,
      RequestBody body,
      List<String> outputNames,
      JsonGenerator out)
      throws IOException {
    FilterText filter = EntityRequests.filter(body);
    if (filter.expression().isEmpty() && body.integer("limit").orElse(1) <= 0) {
      throw SagittaException.invalidParameter("empty expression should be used with limit");
    }
    Page page = EntityRequests.page(body, context.services().settings());
    OutputFields output = OutputFields.resolve(collection.schema(), outputNames);
    Map<String, String> parameters = RequestBody.parameterTexts(body.members("queryParams"));
    QueryCommand command = command(collection, body, filter, page, output.fieldIds(), parameters);
    ZoneId zone = EntityRequests.zone(collection, body);
    if (!IterationParser.isIterator(parameters)) {
      write(
          context,
          out,
          output,
          zone,
          context.services().queries().query(command, context.deadline()));
      return;
    }
    long timestamp = command.visibility().readTimestamp();
    if (timestamp == Long.MAX_VALUE) {
      timestamp = context.services().queries().newReadTimestamp(context.deadline());
    }
    QueryCommand step = command.asStep(timestamp, IterationParser.timestamp(parameters).isEmpty());
    write(context, out, output, zone, context.services().queries().query(step, context.deadline()));
    out.writeNumberField("session_ts", timestamp);
  }

  private static void count(
      RequestContext context,
      CollectionDescriptor collection,
      RequestBody body,
      List<String> outputNames,
      JsonGenerator out)
      throws IOException {
    if (outputNames.size() > 1) {
      throw SagittaException.invalidParameter(
          "count(*) cannot be combined with other output fields: outputFields=" + outputNames);
    }
    if (body.integer("offset").orElse(0) != 0) {
      throw SagittaException.invalidParameter(
          "count entities with pagination is not allowed: offset="
              + body.integer("offset").orElse(0));
    }
    QueryCommand command =
        command(
            collection,
            body,
            EntityRequests.filter(body),
            new Page(1, 0),
            List.of(),
            RequestBody.parameterTexts(body.members("queryParams")));
    long count = context.services().queries().count(command, context.deadline());
    out.writeNumberField("cost", 0);
    out.writeArrayFieldStart("data");
    out.writeStartObject();
    out.writeNumberField(OutputFields.COUNT, count);
    out.writeEndObject();
    out.writeEndArray();
  }

  private static QueryCommand command(
      CollectionDescriptor collection,
      RequestBody body,
      FilterText filter,
      Page page,
      List<Long> outputFieldIds,
      Map<String, String> parameters) {
    IterationParser.checkCollection(collection, parameters);
    return new QueryCommand(
        collection,
        EntityRequests.partitions(collection, body),
        filter,
        page.limit(),
        page.offset(),
        outputFieldIds,
        ConsistencyLevels.of(body),
        new RowVisibility(
            IterationParser.isIterator(parameters)
                ? IterationParser.timestamp(parameters).orElse(Long.MAX_VALUE)
                : Long.MAX_VALUE,
            ParameterTexts.flag(parameters, "ignore_growing").orElse(false)));
  }

  static void write(
      RequestContext context, JsonGenerator out, OutputFields output, ZoneId zone, ColumnBatch rows)
      throws IOException {
    out.writeNumberField("cost", 0);
    out.writeArrayFieldStart("data");
    RowsWriter writer = new RowsWriter(out, context.int64AsNumber(), zone, output, rows);
    for (int row = 0; row < rows.rowCount(); row++) {
      out.writeStartObject();
      writer.writeFields(row);
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
