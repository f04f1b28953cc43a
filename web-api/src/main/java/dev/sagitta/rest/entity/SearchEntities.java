package dev.sagitta.rest.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.proxy.SearchCommand;
import dev.sagitta.proxy.SearchOutcome;
import dev.sagitta.proxy.SearchTarget;
import dev.sagitta.rest.ConsistencyLevels;
import dev.sagitta.rest.Endpoint;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.entity.EntityRequests.Page;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.JsonRange;
import dev.sagitta.rest.json.RequestBody;
import dev.sagitta.rest.row.KeysParser;
import dev.sagitta.rest.row.OutputFields;
import dev.sagitta.rest.row.RowsWriter;
import dev.sagitta.rest.row.VectorsParser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code /entities/search}. */
final class SearchEntities implements Endpoint {
  @Override
  public void answer(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    EntityRequests.refuseUnsupported(
        body,
        "groupingField",
        "groupSize",
        "strictGroupSize",
        "functionScore",
        "functionChains",
        "searchAggregation",
        "orderByFields");
    CollectionDescriptor collection = context.collection(body);
    OutputFields output =
        OutputFields.resolve(collection.schema(), body.texts("outputFields")).withoutPrimaryKey();
    SearchCommand command = command(context, collection, body, output);
    long startNanos = System.nanoTime();
    SearchOutcome outcome = context.services().searches().search(command, context.deadline());
    context.services().metrics().searched(command.target().count(), startNanos);
    RowsWriter writer =
        new RowsWriter(
            out,
            context.int64AsNumber(),
            EntityRequests.zone(collection, body),
            output,
            outcome.fields());
    write(context, out, collection.schema().primaryKey(), writer, outcome);
  }

  private static SearchCommand command(
      RequestContext context,
      CollectionDescriptor collection,
      RequestBody body,
      OutputFields output) {
    Page page = EntityRequests.page(body, context.services().settings());
    FieldSchema field = vectorField(collection, body);
    SearchParameters parameters = SearchParameters.parse(field.name(), body);
    return new SearchCommand(
        collection,
        EntityRequests.partitions(collection, body),
        field,
        target(context, collection, field, body),
        page.limit(),
        page.offset(),
        parameters.metric(),
        parameters.index(),
        parameters.roundDecimal(),
        EntityRequests.filter(body),
        output.fieldIds(),
        ConsistencyLevels.of(body));
  }

  private static FieldSchema vectorField(CollectionDescriptor collection, RequestBody body) {
    List<FieldSchema> vectorFields = collection.schema().vectorFields();
    Optional<String> name = body.text("annsField").filter(text -> !text.isEmpty());
    if (name.isEmpty()) {
      if (vectorFields.size() > 1) {
        throw SagittaException.invalidParameter(
            "multiple anns_fields exist, please specify a anns_field in search_params:"
                + " key=annsField fields="
                + vectorFields.stream().map(FieldSchema::name).toList());
      }
      return vectorFields.getFirst();
    }
    return vectorFields.stream()
        .filter(field -> field.name().equals(name.get()))
        .findFirst()
        .orElseThrow(
            () ->
                SagittaException.invalidParameter(
                    "cannot find a vector field named: " + name.get() + ": key=annsField"));
  }

  private static SearchTarget target(
      RequestContext context,
      CollectionDescriptor collection,
      FieldSchema field,
      RequestBody body) {
    int maximumQueries = context.services().settings().maximumQueries();
    Optional<JsonRange> ids = body.range("ids");
    Optional<JsonRange> data = body.range("data");
    if (ids.isPresent() && data.isPresent()) {
      throw SagittaException.invalidParameter(
          "only one of data and ids can be given: keys=data, ids");
    }
    if (ids.isEmpty()) {
      return VectorsParser.parse(
          collection.schema(),
          field,
          data.orElseThrow(() -> JsonErrors.missing("data")),
          maximumQueries);
    }
    if (collection.schema().isBm25Output(field)) {
      throw SagittaException.invalidParameter(
          "search by ids is not supported on the output field of a BM25 function: key=ids field="
              + field.name());
    }
    SearchTarget.StoredRows rows =
        new SearchTarget.StoredRows(
            KeysParser.parse(collection.schema().primaryKey(), "ids", ids.get()));
    if (rows.count() > maximumQueries) {
      throw SagittaException.invalidParameter(
          "nq (number of search vector per search request) should be in range [1, "
              + maximumQueries
              + "], but got "
              + rows.count()
              + ": key=ids");
    }
    return rows;
  }

  private static void write(
      RequestContext context,
      JsonGenerator out,
      FieldSchema primaryKey,
      RowsWriter writer,
      SearchOutcome outcome)
      throws IOException {
    out.writeNumberField("cost", 0);
    out.writeArrayFieldStart("data");
    for (int hit = 0; hit < outcome.scores().length; hit++) {
      out.writeStartObject();
      out.writeNumberField("distance", outcome.scores()[hit]);
      out.writeFieldName(primaryKey.name());
      KeysWriter.write(out, outcome.keys(), hit, context.int64AsNumber());
      writer.writeFields(hit);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeFieldName("topks");
    out.writeArray(outcome.hitCounts(), 0, outcome.hitCounts().length);
  }
}
