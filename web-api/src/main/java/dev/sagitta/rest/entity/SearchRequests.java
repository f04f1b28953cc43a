package dev.sagitta.rest.entity;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.proxy.KeyLists;
import dev.sagitta.proxy.SearchTarget;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.JsonRange;
import dev.sagitta.rest.json.RequestBody;
import dev.sagitta.rest.row.KeysParser;
import dev.sagitta.rest.row.VectorsParser;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What searches and the parts of hybrid searches share: the field, and what is looked for. */
final class SearchRequests {
  private SearchRequests() {}

  /** The field of {@code annsField}, which only collections with one vector field may leave out. */
  static FieldSchema vectorField(CollectionDescriptor collection, RequestBody body) {
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

  /** The vectors or texts of {@code data}. */
  static SearchTarget data(
      RequestContext context,
      CollectionDescriptor collection,
      FieldSchema field,
      RequestBody body) {
    return VectorsParser.parse(
        collection.schema(),
        field,
        body.range("data").orElseThrow(() -> JsonErrors.missing("data")),
        context.services().settings().maximumQueries());
  }

  /** The vectors or texts of {@code data}, or the rows of {@code ids}. */
  static SearchTarget target(
      RequestContext context,
      CollectionDescriptor collection,
      FieldSchema field,
      RequestBody body) {
    Optional<JsonRange> ids = body.range("ids");
    if (ids.isEmpty()) {
      return data(context, collection, field, body);
    }
    if (body.range("data").isPresent()) {
      throw SagittaException.invalidParameter(
          "only one of data and ids can be given: keys=data, ids");
    }
    if (collection.schema().isBm25Output(field)) {
      throw SagittaException.invalidParameter(
          "search by ids is not supported on the output field of a BM25 function: key=ids field="
              + field.name());
    }
    if (field.type() == DataType.ARRAY_OF_VECTOR) {
      throw SagittaException.invalidParameter(
          "search by ids is not supported on embedding lists: key=ids field=" + field.name());
    }
    PrimaryKeys keys = KeysParser.parse(collection.schema().primaryKey(), "ids", ids.get());
    int maximumQueries = context.services().settings().maximumQueries();
    if (keys.size() > maximumQueries) {
      throw SagittaException.invalidParameter(
          "nq (number of search vector per search request) should be in range [1, "
              + maximumQueries
              + "], but got "
              + keys.size()
              + ": key=ids");
    }
    Set<Object> distinct = new HashSet<>();
    for (Object key : KeyLists.asList(keys)) {
      if (!distinct.add(key)) {
        throw SagittaException.invalidParameter(
            "duplicate ids are not allowed in a search: key=ids value=" + key);
      }
    }
    return new SearchTarget.StoredRows(keys);
  }
}
