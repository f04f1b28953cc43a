package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.VectorListColumn;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.schema.MetricType;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Searches lists of vectors through a graph of all their vectors: the rows of the nearest
 * neighbours of each of the query's vectors are candidates, and these are scored exactly (as in
 * Khattab and Zaharia, "ColBERT", SIGIR 2020, section 3.6). When the neighbours are vectors of too
 * few rows, all rows are scored.
 */
final class HnswListIndex implements VectorIndex {
  private final VectorListColumn lists;
  private final ListElements elements;
  private final MetricType metric;
  private final HnswIndex graph;

  /**
   * @param metric the metric of lists
   * @param graph index of the elements
   */
  HnswListIndex(VectorListColumn lists, ListElements elements, MetricType metric, HnswIndex graph) {
    this.lists = requireNonNull(lists, "lists is null");
    this.elements = requireNonNull(elements, "elements is null");
    this.metric = requireNonNull(metric, "metric is null");
    this.graph = requireNonNull(graph, "graph is null");
  }

  @Override
  public int rowCount() {
    return lists.rowCount();
  }

  @Override
  public void search(
      QueryVector query,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      TopRows results) {
    Optional<RowBitmap> candidates = candidates(query.list(), parameters, allowed, results);
    ExactScan.search(
        lists,
        0,
        lists.rowCount(),
        metric,
        query,
        parameters,
        candidates.isPresent() ? candidates : allowed,
        results);
  }

  /** The rows with neighbours of the query's vectors; empty if these are too few rows. */
  private Optional<RowBitmap> candidates(
      QueryVector.VectorList query,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      TopRows results) {
    int neighbours =
        Math.min(elements.count(), HnswIndexType.candidates(parameters, results.capacity()));
    if (neighbours == 0) {
      return Optional.empty();
    }
    IndexSearchParameters withoutRange =
        new IndexSearchParameters(
            parameters.values(), OptionalDouble.empty(), OptionalDouble.empty());
    Optional<RowBitmap> allowedElements = allowed.map(elements::elementsOf);
    RowBitmap rows = new RowBitmap(lists.rowCount());
    for (int i = 0; i < query.count(); i++) {
      TopRows nearest = new TopRows(neighbours, metric.largerIsNearer());
      graph.search(
          new QueryVector.Dense(query.values(), i * lists.dimension()),
          withoutRange,
          allowedElements,
          nearest);
      for (int hit = 0; hit < nearest.size(); hit++) {
        rows.add(elements.rowOf(nearest.rowAt(hit)));
      }
    }
    return rows.cardinality() < results.capacity() ? Optional.empty() : Optional.of(rows);
  }

  /** What the graph's file and the elements' places take. */
  @Override
  public long sizeInBytes() {
    return graph.sizeInBytes() + (lists.rowCount() + 1L) * Integer.BYTES;
  }

  @Override
  public void close() {
    graph.close();
  }
}
