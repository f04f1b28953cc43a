package dev.sagitta.rest.index;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.rest.Answers;
import dev.sagitta.rest.Endpoint;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /indexes/describe}. */
final class IndexDetails implements Endpoint {
  @Override
  public void answer(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    String name = body.requiredText("indexName");
    IndexDescriptor index =
        collection
            .index(name)
            .orElseThrow(
                () ->
                    new SagittaException(
                        ErrorCode.INDEX_NOT_FOUND, "index not found[indexName=" + name + "]"));
    IndexBuildState state =
        IndexBuildState.of(
            index,
            context.snapshot().segmentsOf(collection.id()).values(),
            context.services().settings().indexMinimumRows());
    out.writeArrayFieldStart("data");
    write(out, collection, index, state);
    out.writeEndArray();
  }

  private static void write(
      JsonGenerator out,
      CollectionDescriptor collection,
      IndexDescriptor index,
      IndexBuildState state)
      throws IOException {
    String metric = index.metric().map(MetricType::name).orElse("");
    out.writeStartObject();
    out.writeStringField("indexName", index.name());
    out.writeStringField(
        "fieldName", collection.schema().field(index.fieldId()).map(FieldSchema::name).orElse(""));
    out.writeStringField("indexType", index.requestedType());
    out.writeStringField("metricType", metric);
    out.writeNumberField("totalRows", state.totalRows());
    out.writeNumberField("pendingRows", state.pendingRows());
    out.writeNumberField("indexedRows", state.indexedRows());
    out.writeStringField("indexState", state.name());
    out.writeStringField("failReason", state.failReason());
    out.writeNumberField("minIndexVersion", 0);
    out.writeNumberField("maxIndexVersion", 0);
    Map<String, String> parameters = new LinkedHashMap<>(index.userParameters());
    parameters.put("index_type", index.requestedType());
    if (!metric.isEmpty()) {
      parameters.put("metric_type", metric);
    }
    out.writeFieldName("indexParams");
    Answers.keyValues(out, parameters);
    out.writeEndObject();
  }
}
