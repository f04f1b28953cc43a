package dev.sagitta.rest.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.column.VectorListColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.proxy.SearchCommand;
import dev.sagitta.proxy.SearchIteration;
import dev.sagitta.proxy.SearchOutcome;
import dev.sagitta.proxy.SearchRefinement;
import dev.sagitta.proxy.SearchTarget;
import dev.sagitta.query.request.Grouping;
import dev.sagitta.rest.ConsistencyLevels;
import dev.sagitta.rest.Endpoint;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.entity.EntityRequests.Page;
import dev.sagitta.rest.highlight.SearchHighlighter;
import dev.sagitta.rest.json.RequestBody;
import dev.sagitta.rest.row.OutputFields;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code /entities/search}. */
final class SearchEntities implements Endpoint {
  @Override
  public void answer(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    EntityRequests.refuseUnsupported(body, "functionChains", "searchAggregation", "orderByFields");
    CollectionDescriptor collection = context.collection(body);
    OutputFields output =
        OutputFields.resolve(collection.schema(), body.texts("outputFields")).withoutPrimaryKey();
    SearchCommand asked = command(context, collection, body, output);
    Optional<SearchHighlighter> highlighter =
        SearchHighlighter.parse(collection.schema(), body, asked.field(), asked.target());
    SearchCommand command =
        highlighter.map(marks -> asked.withFurtherFields(marks.fieldIds())).orElse(asked);
    long startNanos = System.nanoTime();
    SearchOutcome outcome = context.services().searches().search(command, context.deadline());
    context.services().metrics().searched(command.target().count(), startNanos);
    SearchAnswer.write(
        context,
        out,
        collection.schema().primaryKey(),
        output,
        EntityRequests.zone(collection, body),
        outcome,
        highlighter);
  }

  private static SearchCommand command(
      RequestContext context,
      CollectionDescriptor collection,
      RequestBody body,
      OutputFields output) {
    Page page = EntityRequests.page(body, context.services().settings());
    FieldSchema field = SearchRequests.vectorField(collection, body);
    SearchParameters parameters =
        SearchParameters.parse(field.name(), body.members("searchParams"));
    SearchTarget target = SearchRequests.target(context, collection, field, body);
    SearchRefinement refinement = refinement(context, collection, body, parameters);
    if (refinement.iteration().isPresent()) {
      page = iteratorPage(page, target, parameters.others());
    }
    return new SearchCommand(
        collection,
        EntityRequests.partitions(collection, body),
        field,
        target,
        page.limit(),
        page.offset(),
        parameters.metric(),
        parameters.index(),
        parameters.roundDecimal(),
        EntityRequests.filter(body),
        output.fieldIds(),
        ConsistencyLevels.of(body),
        refinement);
  }

  /** What is asked for beyond the nearest rows; code 1100 for what excludes each other. */
  private static SearchRefinement refinement(
      RequestContext context,
      CollectionDescriptor collection,
      RequestBody body,
      SearchParameters parameters) {
    Optional<Grouping> grouping =
        GroupingParser.parse(collection.schema(), body, parameters.others());
    RankersParser.Functions functions = RankersParser.functions(context, collection.schema(), body);
    Optional<SearchIteration> iteration = IterationParser.search(collection, parameters.others());
    if (grouping.isPresent() && parameters.isRangeSearch()) {
      throw excluded("Not allowed to do range-search when doing search-group-by");
    }
    if (grouping.isPresent() && iteration.isPresent()) {
      throw excluded("Not allowed to do groupBy when doing iteration");
    }
    if (functions.boost().isPresent() && grouping.isPresent()) {
      throw excluded("boost functions are not allowed when doing search-group-by");
    }
    if (iteration.isPresent()
        && (functions.boost().isPresent() || functions.ranker().isPresent())) {
      throw excluded("rerank functions are not allowed when doing iteration");
    }
    return new SearchRefinement(
        parameters.ignoreGrowing(), grouping, functions.boost(), functions.ranker(), iteration);
  }

  /** The page of one step: the batch is the limit. */
  private static Page iteratorPage(Page page, SearchTarget target, Map<String, String> parameters) {
    if (target.count() != 1) {
      throw excluded("search iterator only supports one query vector: nq=" + target.count());
    }
    if (target instanceof SearchTarget.StoredRows) {
      throw excluded("search iterator does not support search by ids");
    }
    if (target instanceof SearchTarget.Vectors(VectorListColumn _)) {
      throw excluded("search iterator is not supported on embedding lists");
    }
    if (page.offset() != 0) {
      throw excluded("search iterator does not support offset: offset=" + page.offset());
    }
    OptionalLong batch = ParameterTexts.integer(parameters, "search_iter_batch_size");
    if (batch.isEmpty()) {
      return page;
    }
    if (batch.getAsLong() < 1 || batch.getAsLong() > EntityRequests.MAXIMUM_BATCH) {
      throw excluded(
          "batch size is invalid, it should be in range [1, "
              + EntityRequests.MAXIMUM_BATCH
              + "]: search_iter_batch_size="
              + batch.getAsLong());
    }
    return new Page((int) batch.getAsLong(), 0);
  }

  private static SagittaException excluded(String why) {
    return SagittaException.invalidParameter(why);
  }
}
