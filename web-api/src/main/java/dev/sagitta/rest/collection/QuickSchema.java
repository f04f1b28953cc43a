package dev.sagitta.rest.collection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.rest.json.RequestBody;
import java.util.List;
import java.util.Map;

/** The two fields of a quick create: a primary key and a vector. */
final class QuickSchema {
  private QuickSchema() {}

  static CollectionSchema parse(
      String collection, RequestBody body, Map<String, String> parameters, boolean dynamic) {
    int dimension =
        body.integer("dimension")
            .orElseThrow(
                () ->
                    SagittaException.invalidParameter(
                        "dimension is required for quickly create collection(default metric type:"
                            + " COSINE): key=dimension"));
    FieldSchema key =
        primaryKey(body, parameters).asPrimaryKey(body.flag("autoID", body.flag("autoId", false)));
    FieldSchema vector =
        FieldSchema.of(
                FieldSchema.FIRST_USER_FIELD_ID + 1, vectorFieldName(body), DataType.FLOAT_VECTOR)
            .withParameters(Map.of("dim", Integer.toString(dimension)));
    return new CollectionSchema(
        collection, body.text("description").orElse(""), List.of(key, vector), dynamic);
  }

  static String vectorFieldName(RequestBody body) {
    return body.text("vectorFieldName").filter(name -> !name.isEmpty()).orElse("vector");
  }

  private static FieldSchema primaryKey(RequestBody body, Map<String, String> parameters) {
    String name = body.text("primaryFieldName").filter(text -> !text.isEmpty()).orElse("id");
    String idType = body.text("idType").filter(text -> !text.isEmpty()).orElse("Int64");
    return switch (idType) {
      case "Int64" -> FieldSchema.of(FieldSchema.FIRST_USER_FIELD_ID, name, DataType.INT64);
      case "VarChar", "Varchar" -> {
        FieldSchema field = FieldSchema.of(FieldSchema.FIRST_USER_FIELD_ID, name, DataType.VARCHAR);
        String maximumLength = parameters.get("max_length");
        yield maximumLength == null
            ? field
            : field.withParameters(Map.of("max_length", maximumLength));
      }
      default ->
          throw SagittaException.invalidParameter(
              "idType can only be [Int64, VarChar], default: Int64: idType=" + idType);
    };
  }

  /** The create's {@code params} as text. */
  static Map<String, String> parameters(RequestBody body) {
    Map<String, JsonNode> members = body.members("params");
    return RequestBody.parameterTexts(members);
  }
}
