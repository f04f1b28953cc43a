package dev.sagitta.rest.collection;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.catalog.AliasDescriptor;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.CollectionTimeZone;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.FunctionSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.schema.StructSchema;
import dev.sagitta.engine.time.TimestampText;
import dev.sagitta.rest.Answers;
import dev.sagitta.rest.Endpoint;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** {@code /collections/describe}. */
final class CollectionDetails implements Endpoint {
  @Override
  public void answer(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    FieldSchema primaryKey = collection.schema().primaryKey();
    out.writeObjectFieldStart("data");
    out.writeStringField("collectionName", collection.name());
    out.writeNumberField("collectionID", collection.id());
    out.writeStringField("description", collection.schema().description());
    out.writeBooleanField("autoId", primaryKey.autoId());
    out.writeArrayFieldStart("fields");
    for (FieldSchema field : collection.schema().fields()) {
      if (!field.dynamic() && !StructSchema.isSubField(field)) {
        writeField(out, collection, field, field.name());
      }
    }
    out.writeEndArray();
    writeStructs(out, collection);
    writeFunctions(collection.schema(), out);
    writeAliases(context, collection, out);
    writeIndexes(collection, out);
    out.writeStringField("load", LoadState.of(context, collection, List.of()).milvusName());
    out.writeNumberField("shardsNum", collection.vchannels().size());
    out.writeNumberField("partitionsNum", collection.partitions().size());
    out.writeStringField("consistencyLevel", collection.consistencyLevel().milvusName());
    out.writeBooleanField("enableDynamicField", collection.schema().dynamicFieldEnabled());
    out.writeFieldName("properties");
    Answers.keyValues(out, collection.properties());
    out.writeEndObject();
    out.writeStringField("message", "");
  }

  private static void writeAliases(
      RequestContext context, CollectionDescriptor collection, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart("aliases");
    for (AliasDescriptor alias : context.snapshot().aliases()) {
      if (alias.collectionId() == collection.id()) {
        out.writeString(alias.alias());
      }
    }
    out.writeEndArray();
  }

  /** Indexes of the first vector field only, as in Milvus. */
  private static void writeIndexes(CollectionDescriptor collection, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart("indexes");
    FieldSchema vectorField = collection.schema().vectorFields().getFirst();
    Optional<IndexDescriptor> index = collection.indexOfField(vectorField.id());
    if (index.isPresent()) {
      out.writeStartObject();
      out.writeStringField("indexName", index.get().name());
      out.writeStringField("fieldName", vectorField.name());
      out.writeStringField("metricType", index.get().metric().map(MetricType::name).orElse(""));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeFunctions(CollectionSchema schema, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart("functions");
    for (FunctionSchema function : schema.functions()) {
      out.writeStartObject();
      out.writeStringField("name", function.name());
      out.writeStringField("description", function.description());
      out.writeStringField("type", function.type().milvusName());
      out.writeNumberField("id", function.id());
      writeTexts(out, "inputFieldNames", function.inputFieldNames());
      writeTexts(out, "outputFieldNames", function.outputFieldNames());
      out.writeFieldName("params");
      Answers.keyValues(out, function.parameters());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeTexts(JsonGenerator out, String key, List<String> texts)
      throws IOException {
    out.writeArrayFieldStart(key);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  /** As Milvus 3 does; Milvus 2.6 does not show them here. */
  private static void writeStructs(JsonGenerator out, CollectionDescriptor collection)
      throws IOException {
    if (collection.schema().structs().isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("structFields");
    for (StructSchema struct : collection.schema().structs()) {
      out.writeStartObject();
      out.writeStringField("name", struct.name());
      out.writeNumberField("id", struct.id());
      out.writeStringField("description", struct.description());
      out.writeBooleanField("nullable", false);
      out.writeStringField("type", StructSchema.TYPE_NAME);
      out.writeArrayFieldStart("fields");
      for (FieldSchema field : collection.schema().fieldsOf(struct)) {
        writeField(out, collection, field, StructSchema.subName(field));
      }
      out.writeEndArray();
      out.writeFieldName("params");
      Answers.keyValues(out, struct.parameters());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeField(
      JsonGenerator out, CollectionDescriptor collection, FieldSchema field, String name)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("name", name);
    out.writeNumberField("id", field.id());
    out.writeStringField("type", field.type().milvusName());
    out.writeBooleanField("primaryKey", field.primaryKey());
    out.writeBooleanField("partitionKey", field.partitionKey());
    out.writeBooleanField("clusteringKey", field.clusteringKey());
    out.writeBooleanField("autoId", field.autoId());
    out.writeStringField("description", field.description());
    out.writeBooleanField("nullable", field.nullable());
    if (!field.parameters().isEmpty()) {
      out.writeFieldName("params");
      Answers.keyValues(out, field.parameters());
    }
    if (field.elementType().isPresent()) {
      out.writeStringField("elementType", field.elementType().get().milvusName());
    }
    Optional<Object> defaultValue = field.defaultValue();
    if (defaultValue.isPresent()) {
      writeDefault(out, field.type(), defaultValue.get(), CollectionTimeZone.of(collection));
    }
    if (collection.schema().functionOf(field).isPresent()) {
      out.writeBooleanField("isFunctionOutput", true);
    }
    out.writeEndObject();
  }

  /** Milvus's ValueField message as its JSON dump shows it. */
  private static void writeDefault(JsonGenerator out, DataType type, Object value, ZoneId zone)
      throws IOException {
    out.writeObjectFieldStart("defaultValue");
    out.writeObjectFieldStart("Data");
    switch (type) {
      case BOOL -> out.writeBooleanField("BoolData", (Boolean) value);
      case INT64 -> out.writeNumberField("LongData", ((Number) value).longValue());
      case FLOAT -> out.writeNumberField("FloatData", ((Number) value).floatValue());
      case DOUBLE -> out.writeNumberField("DoubleData", ((Number) value).doubleValue());
      case VARCHAR, GEOMETRY -> out.writeStringField("StringData", (String) value);
      case TIMESTAMPTZ ->
          out.writeStringField(
              "StringData", TimestampText.format(((Number) value).longValue(), zone));
      default -> out.writeNumberField("IntData", ((Number) value).intValue());
    }
    out.writeEndObject();
    out.writeEndObject();
  }
}
