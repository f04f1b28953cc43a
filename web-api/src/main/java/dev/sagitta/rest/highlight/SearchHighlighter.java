package dev.sagitta.rest.highlight;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.function.FunctionContext;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.text.TextAnalyzers;
import dev.sagitta.proxy.SearchTarget;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code highlighter} of a full-text search, of type Lexical: marks the words that the search
 * looked for, and those of further texts. Each hit has the fragments of each field under {@code
 * highlight}.
 */
public final class SearchHighlighter {
  private static final String KEY = "highlighter";

  private final List<Marked> fields = new ArrayList<>();

  /** A field, and what marks its words for each query. */
  private record Marked(FieldSchema field, List<TextHighlighter> ofQuery) {}

  private SearchHighlighter() {}

  /**
   * The highlighter that a request asks for.
   *
   * @param field the searched field
   * @throws SagittaException 1100 for another type, for a search that is no full-text search, and
   *     for values out of range
   */
  public static Optional<SearchHighlighter> parse(
      CollectionSchema schema, RequestBody body, FieldSchema field, SearchTarget target) {
    Map<String, JsonNode> members = body.members(KEY);
    if (members.isEmpty()) {
      return Optional.empty();
    }
    JsonNode type = members.get("type");
    String typeName = type == null ? "Lexical" : RequestBody.textOf("highlighter.type", type);
    if (!typeName.equalsIgnoreCase("Lexical")) {
      throw SagittaException.invalidParameter(
          "unsupported highlight type: " + typeName + ", supported is Lexical: key=highlighter");
    }
    if (!schema.isBm25Output(field) || !(target instanceof SearchTarget.Texts texts)) {
      throw SagittaException.invalidParameter(
          "Search highlight only support with metric type \"BM25\": key=highlighter field="
              + field.name());
    }
    JsonNode params = members.get("params");
    Map<String, JsonNode> parameters =
        params == null || params.isNull()
            ? members
            : RequestBody.membersOf("highlighter.params", params);
    return Optional.of(create(schema, field, texts.texts(), parameters));
  }

  private static SearchHighlighter create(
      CollectionSchema schema,
      FieldSchema searched,
      List<String> texts,
      Map<String, JsonNode> parameters) {
    HighlightOptions options =
        new HighlightOptions(
            tags(parameters, "pre_tags", "<em>"),
            tags(parameters, "post_tags", "</em>"),
            number(parameters, "fragment_offset", 0),
            number(parameters, "fragment_size", 100),
            number(parameters, "num_of_fragments", 5));
    Map<FieldSchema, List<String>> further = further(schema, parameters);
    JsonNode flag = parameters.get("highlight_search_text");
    boolean searchText =
        flag == null || flag.isNull()
            ? further.isEmpty()
            : RequestBody.flagOf("highlighter.highlight_search_text", flag);
    FieldSchema input =
        new FunctionContext(schema, schema.functionOf(searched).orElseThrow()).input();
    if (searchText) {
      further.putIfAbsent(input, List.of());
    }
    SearchHighlighter highlighter = new SearchHighlighter();
    further.forEach(
        (field, more) -> {
          List<TextHighlighter> ofQuery = new ArrayList<>();
          for (String text : texts) {
            List<String> marked = new ArrayList<>(more);
            if (searchText && field.equals(input)) {
              marked.add(text);
            }
            ofQuery.add(
                new TextHighlighter(TextAnalyzers.of(field.analyzerParameters()), options, marked));
          }
          highlighter.fields.add(new Marked(field, ofQuery));
        });
    return highlighter;
  }

  /** Texts of {@code highlight_query} by field. */
  private static Map<FieldSchema, List<String>> further(
      CollectionSchema schema, Map<String, JsonNode> parameters) {
    Map<FieldSchema, List<String>> texts = new LinkedHashMap<>();
    JsonNode queries = parameters.get("highlight_query");
    if (queries == null || queries.isNull()) {
      return texts;
    }
    if (!queries.isArray()) {
      throw JsonErrors.wrongType("highlighter.highlight_query", "an array of objects", queries);
    }
    for (JsonNode query : queries) {
      Map<String, JsonNode> members = RequestBody.membersOf("highlighter.highlight_query", query);
      String name = text(members, "field");
      FieldSchema field =
          schema
              .field(name)
              .filter(found -> found.type() == DataType.VARCHAR)
              .orElseThrow(
                  () ->
                      SagittaException.invalidParameter(
                          "no text field to highlight: highlight_query.field=" + name));
      texts.computeIfAbsent(field, _ -> new ArrayList<>()).add(text(members, "text"));
    }
    return texts;
  }

  /** Ids of the fields whose texts are marked. */
  public List<Long> fieldIds() {
    return fields.stream().map(marked -> marked.field.id()).toList();
  }

  /** Writes a hit's fragments into the open object. */
  public void write(JsonGenerator out, ColumnBatch rows, int query, int hit) throws IOException {
    out.writeObjectFieldStart("highlight");
    for (Marked marked : fields) {
      StringColumn texts = (StringColumn) rows.column(marked.field.id());
      out.writeArrayFieldStart(marked.field.name());
      if (!texts.isNull(hit)) {
        for (String fragment : marked.ofQuery.get(query).fragments(texts.stringAt(hit))) {
          out.writeString(fragment);
        }
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private static String text(Map<String, JsonNode> members, String key) {
    JsonNode node = members.get(key);
    if (node == null || node.isNull()) {
      throw JsonErrors.missing(key);
    }
    return RequestBody.textOf("highlighter.highlight_query." + key, node);
  }

  private static List<String> tags(Map<String, JsonNode> parameters, String key, String usual) {
    JsonNode node = parameters.get(key);
    return node == null || node.isNull()
        ? List.of(usual)
        : RequestBody.textsOf("highlighter." + key, node);
  }

  private static int number(Map<String, JsonNode> parameters, String key, int usual) {
    JsonNode node = parameters.get(key);
    return node == null || node.isNull()
        ? usual
        : RequestBody.integerOf("highlighter." + key, node);
  }
}
