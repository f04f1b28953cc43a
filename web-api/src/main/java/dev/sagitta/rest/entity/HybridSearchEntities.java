package dev.sagitta.rest.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.proxy.HybridSearchCommand;
import dev.sagitta.proxy.SearchOutcome;
import dev.sagitta.proxy.SubSearch;
import dev.sagitta.proxy.rank.Ranker;
import dev.sagitta.query.request.Grouping;
import dev.sagitta.rest.ConsistencyLevels;
import dev.sagitta.rest.Endpoint;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.entity.EntityRequests.Page;
import dev.sagitta.rest.index.IndexParameters;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import dev.sagitta.rest.row.OutputFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code /entities/hybrid_search} and its other name {@code /entities/advanced_search}. */
final class HybridSearchEntities implements Endpoint {
  /** Keys that stay ranges of bytes, as query vectors lie in them. */
  static final Set<String> STREAMED = Set.of("search");

  private static final Set<String> STREAMED_OF_SEARCH = Set.of("data", "ids");
  private static final int MAXIMUM_SEARCHES = 1024;

  /** A part of the search, and what its parameters say about the whole. */
  private record Part(SubSearch search, boolean ignoreGrowing, Optional<String> groupingField) {}

  @Override
  public void answer(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    EntityRequests.refuseUnsupported(
        body, "functionChains", "searchAggregation", "orderByFields", "highlighter");
    CollectionDescriptor collection = context.collection(body);
    OutputFields output =
        OutputFields.resolve(collection.schema(), body.texts("outputFields")).withoutPrimaryKey();
    HybridSearchCommand command = command(context, collection, body, output);
    long startNanos = System.nanoTime();
    SearchOutcome outcome = context.services().searches().hybridSearch(command, context.deadline());
    context
        .services()
        .metrics()
        .searched((long) command.queryCount() * command.searches().size(), startNanos);
    SearchAnswer.write(
        context,
        out,
        collection.schema().primaryKey(),
        output,
        EntityRequests.zone(collection, body),
        outcome,
        Optional.empty());
  }

  private static HybridSearchCommand command(
      RequestContext context,
      CollectionDescriptor collection,
      RequestBody body,
      OutputFields output) {
    List<Part> parts = parts(context, collection, body);
    Page page = EntityRequests.page(body, context.services().settings());
    Map<String, String> rankParameters = rankParameters(body);
    Optional<Grouping> grouping = GroupingParser.parse(collection.schema(), body, Map.of());
    checkGrouping(parts, body.text("groupingField"));
    if (grouping.isPresent()
        && parts.stream().anyMatch(part -> part.search.parameters().radius().isPresent())) {
      throw SagittaException.invalidParameter(
          "Not allowed to do range-search when doing search-group-by");
    }
    return new HybridSearchCommand(
        collection,
        EntityRequests.partitions(collection, body),
        parts.stream().map(Part::search).toList(),
        ranker(context, collection, body),
        page.limit(),
        page.offset(),
        grouping,
        GroupingParser.groupScore(rankParameters),
        roundDecimal(rankParameters),
        parts.stream().anyMatch(Part::ignoreGrowing),
        output.fieldIds(),
        ConsistencyLevels.of(body));
  }

  private static List<Part> parts(
      RequestContext context, CollectionDescriptor collection, RequestBody body) {
    List<RequestBody> bodies =
        RequestBody.parseAll(
            "search", body.requiredRange("search"), STREAMED_OF_SEARCH, MAXIMUM_SEARCHES);
    if (bodies.isEmpty()) {
      throw JsonErrors.missing("search");
    }
    List<Part> parts = new ArrayList<>();
    for (RequestBody search : bodies) {
      parts.add(part(context, collection, search));
    }
    int expected = parts.getFirst().search.target().count();
    for (int i = 1; i < parts.size(); i++) {
      int count = parts.get(i).search.target().count();
      if (count != expected) {
        throw SagittaException.invalidParameter(
            "nq of all sub-searches must be equal: search["
                + i
                + "] nq="
                + count
                + " expected="
                + expected);
      }
    }
    return parts;
  }

  private static Part part(
      RequestContext context, CollectionDescriptor collection, RequestBody body) {
    if (body.range("ids").isPresent()) {
      throw SagittaException.invalidParameter(
          "search by ids is not supported in a hybrid search: key=search.ids");
    }
    FieldSchema field = SearchRequests.vectorField(collection, body);
    Page page = EntityRequests.page(body, context.services().settings());
    SearchParameters parameters = SearchParameters.parse(field.name(), parametersOf(body));
    if (IterationParser.isIterator(parameters.others())) {
      throw SagittaException.invalidParameter("hybrid search does not support iterators");
    }
    SubSearch search =
        new SubSearch(
            field,
            SearchRequests.data(context, collection, field, body),
            page.limit(),
            page.offset(),
            body.text("metricType")
                .filter(name -> !name.isEmpty())
                .map(name -> IndexParameters.metric(field.name(), name))
                .or(parameters::metric),
            parameters.index(),
            EntityRequests.filter(body));
    return new Part(
        search,
        parameters.ignoreGrowing(),
        body.text("groupingField").filter(name -> !name.isEmpty()));
  }

  /** {@code params}, and {@code searchParams} as a plain search has them. */
  private static Map<String, JsonNode> parametersOf(RequestBody body) {
    Map<String, JsonNode> members = new LinkedHashMap<>(body.members("searchParams"));
    members.putAll(body.members("params"));
    return members;
  }

  /** A part may name the groups of the whole, but no others. */
  private static void checkGrouping(List<Part> parts, Optional<String> ofWhole) {
    for (Part part : parts) {
      if (part.groupingField.isPresent() && !part.groupingField.equals(ofWhole)) {
        throw SagittaException.invalidParameter(
            "groupingField of a sub-search must be the one of the hybrid search: search.groupingField="
                + part.groupingField.get()
                + " groupingField="
                + ofWhole.orElse(""));
      }
    }
  }

  private static Ranker ranker(
      RequestContext context, CollectionDescriptor collection, RequestBody body) {
    RankersParser.Functions functions = RankersParser.functions(context, collection.schema(), body);
    if (functions.boost().isPresent()) {
      throw SagittaException.invalidParameter(
          "boost functions are not supported in a hybrid search: functionScore");
    }
    return functions.ranker().orElseGet(() -> RankersParser.legacy(body));
  }

  private static Map<String, String> rankParameters(RequestBody body) {
    JsonNode params = body.members("rerank").get("params");
    return params == null || params.isNull()
        ? Map.of()
        : RequestBody.parameterTexts(RequestBody.membersOf("rerank.params", params));
  }

  private static OptionalInt roundDecimal(Map<String, String> parameters) {
    return SearchParameters.roundDecimal(new LinkedHashMap<>(parameters));
  }
}
