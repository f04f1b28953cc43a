package dev.sagitta.rest.entity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.coordinator.root.Names;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.CollectionTimeZone;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.TimestampText;
import dev.sagitta.query.request.FilterText;
import dev.sagitta.rest.RestSettings;
import dev.sagitta.rest.json.JsonRange;
import dev.sagitta.rest.json.RequestBody;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parts that requests about rows share. */
final class EntityRequests {
  /** Most rows of one step of an iterator. */
  static final int MAXIMUM_BATCH = 16_384;

  private static final int DEFAULT_LIMIT = 100;

  private EntityRequests() {}

  /** Rows wanted and rows to leave out before them. */
  record Page(int limit, int offset) {}

  /** The partition to write to, if one is named; code 200 if it is unknown. */
  static Optional<String> partition(CollectionDescriptor collection, RequestBody body) {
    Optional<String> name = body.text("partitionName").filter(text -> !text.isEmpty());
    name.ifPresent(text -> requireNoPartitionKey(collection, text));
    name.ifPresent(text -> Names.partition(collection, text));
    return name;
  }

  /** The partitions to read, none for all; code 200 if one is unknown. */
  static List<String> partitions(CollectionDescriptor collection, RequestBody body) {
    List<String> names = new ArrayList<>(body.texts("partitionNames"));
    body.text("partitionName").filter(text -> !text.isEmpty()).ifPresent(names::add);
    names.forEach(name -> requireNoPartitionKey(collection, name));
    names.forEach(name -> Names.partition(collection, name));
    return names;
  }

  /** The partitions of a partition key are the server's business. */
  private static void requireNoPartitionKey(CollectionDescriptor collection, String partition) {
    if (collection.schema().partitionKey().isPresent()) {
      throw SagittaException.invalidParameter(
          "not support manually specifying the partition names if partition key mode is used:"
              + " partition="
              + partition);
    }
  }

  /** The rows of an insert or upsert; code 1102 if they are larger than the limit. */
  static JsonRange rows(RequestBody body, RestSettings settings) {
    JsonRange rows = body.requiredRange("data");
    if (rows.length() > settings.maximumInsertBytes()) {
      throw new SagittaException(
          ErrorCode.PARAMETER_TOO_LARGE,
          "insert data is too large: bytes="
              + rows.length()
              + " maximum="
              + settings.maximumInsertBytes());
    }
    return rows;
  }

  /** The filter with its placeholders' values; empty text if there is none. */
  static FilterText filter(RequestBody body) {
    String expression = body.text("filter").orElse("").strip();
    return new FilterText(
        expression, ExpressionTemplates.parse(body.members("exprParams")), timeZone(body));
  }

  /** The time zone in which timestamps of the collection are shown. */
  static ZoneId zone(CollectionDescriptor collection, RequestBody body) {
    return timeZone(body)
        .map(TimestampText::zone)
        .orElseGet(() -> CollectionTimeZone.of(collection));
  }

  /** The time zone that the request names; code 1100 if there is none of that name. */
  private static Optional<String> timeZone(RequestBody body) {
    Optional<String> name = body.text(CollectionTimeZone.PROPERTY).filter(text -> !text.isEmpty());
    name.ifPresent(TimestampText::zone);
    return name;
  }

  /** Limit and offset; code 1100 if they leave Milvus's window. */
  static Page page(RequestBody body, RestSettings settings) {
    int limit = body.integer("limit").orElse(DEFAULT_LIMIT);
    int offset = body.integer("offset").orElse(0);
    if (limit < 1 || limit > settings.maximumTopK()) {
      throw SagittaException.invalidParameter(
          "limit ["
              + limit
              + "] is invalid, it should be in range [1, "
              + settings.maximumTopK()
              + "], but got "
              + limit);
    }
    if (offset < 0 || offset > settings.maximumResultWindow()) {
      throw SagittaException.invalidParameter(
          "offset ["
              + offset
              + "] is invalid, it should be in range [0, "
              + settings.maximumResultWindow()
              + "], but got "
              + offset);
    }
    if (limit + offset > settings.maximumResultWindow()) {
      throw SagittaException.invalidParameter(
          "(offset+limit) should be in range [1, "
              + settings.maximumResultWindow()
              + "], but got "
              + (limit + offset));
    }
    return new Page(limit, offset);
  }

  /** Code 1100 for keys of Milvus's that this server does not carry out, if they are set. */
  static void refuseUnsupported(RequestBody body, String... keys) {
    for (String key : keys) {
      Optional<JsonNode> value = body.value(key);
      if (value.isPresent() && isSet(value.get())) {
        throw SagittaException.invalidParameter(
            "not supported: key=" + key + " value=" + value.get());
      }
    }
  }

  private static boolean isSet(JsonNode node) {
    if (node.isTextual()) {
      return !node.textValue().isEmpty();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isNumber() ? node.asDouble() != 0 : !node.isEmpty();
  }
}
