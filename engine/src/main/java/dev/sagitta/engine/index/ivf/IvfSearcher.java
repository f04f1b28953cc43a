package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.schema.MetricType;
import java.util.Optional;

/**
 * One search at a time, with all the memory that it writes to.
 *
 * <p>Lists are looked into nearest first: as many as the client says, and more until enough rows
 * were compared. A range search goes on until two lists one after another have nothing for it, as
 * Milvus does. Lists whose ball of rows is too far away are passed over.
 *
 * <p>A family that compares rows once more collects candidates first. A range search of such a
 * family compares exactly at once, since estimates could not tell who is within the bounds.
 */
final class IvfSearcher {
  private static final int RUN = 64;
  private static final int FRUITLESS_LISTS_MAX = 2;

  private final IvfLists lists;
  private final MetricType metric;
  private final CoarseQuantizer coarse;
  private final ListScanner scanner;
  private final ListScanner reranker;
  private final float[] query;
  private final float[] coarseDistances;
  private final ProbeOrder order = new ProbeOrder();
  private final CandidateRows candidates = new CandidateRows();
  private final float[] distances = new float[RUN];
  private final float[] four = new float[4];
  private final int[] positions = new int[RUN];
  private final int[] rows = new int[RUN];
  private int[] chosen = new int[RUN];

  private TopRows results;
  private ScoreRange range;
  private float radius;
  private boolean collects;

  /** No distance beyond it is of interest any more. */
  private float bound;

  private boolean fruitful;

  IvfSearcher(IvfLists lists, RowScanning scanning, Optional<RowScanning> reranking) {
    this.lists = lists;
    this.metric = lists.metric();
    this.coarse = new CoarseQuantizer(lists);
    this.scanner = scanning.newScanner();
    this.reranker = reranking.map(RowScanning::newScanner).orElse(null);
    this.query = new float[lists.dimension()];
    this.coarseDistances = new float[lists.listCount()];
  }

  void search(
      QueryVector queryVector,
      IndexSearchParameters parameters,
      RowBitmap allowed,
      IvfEffort effort,
      TopRows target) {
    boolean isRange = parameters.radius().isPresent() || parameters.rangeFilter().isPresent();
    results = target;
    range = ScoreRange.of(parameters, metric);
    radius = isRange ? radius(parameters) : Float.POSITIVE_INFINITY;
    collects = reranker != null && !isRange;
    coarse.space().read(queryVector, query, lists.dimension());
    ListScanner first = reranker != null && isRange ? reranker : scanner;
    first.setQuery(queryVector, query, effort);
    if (collects) {
      candidates.reset(effort.candidates());
    }
    updateBound();
    coarse.distances(query, four, coarseDistances);
    order.reset(coarseDistances, lists.listCount(), effort.probes());
    probe(first, allowed, effort, isRange);
    if (collects) {
      rerank(queryVector, effort);
    }
    results = null;
  }

  private float radius(IndexSearchParameters parameters) {
    if (parameters.radius().isEmpty()) {
      return Float.POSITIVE_INFINITY;
    }
    float outer = (float) parameters.radius().getAsDouble();
    return metric.largerIsNearer() ? -outer : outer;
  }

  private void probe(ListScanner first, RowBitmap allowed, IvfEffort effort, boolean isRange) {
    float queryNorm = norm();
    long compared = 0;
    int fruitless = 0;
    for (int rank = 0; rank < lists.listCount(); rank++) {
      boolean promising = isRange && fruitless < FRUITLESS_LISTS_MAX;
      // An unfiltered range search need not find as many as it may.
      boolean tooFew = compared < effort.rowsMin() && (!isRange || allowed != null);
      boolean goesOn = rank < effort.probes() || promising || tooFew;
      if (!goesOn) {
        return;
      }
      int list = order.list(rank);
      float distance = coarseDistances[list];
      fruitful = false;
      int from = lists.start(list);
      int to = lists.start(list + 1);
      if (from < to && coarse.leastDistance(list, distance, queryNorm) <= bound) {
        first.enterList(list, distance);
        compared += allowed == null ? scanAll(first, from, to) : scanSome(first, from, to, allowed);
      }
      fruitless = fruitful ? 0 : fruitless + 1;
    }
  }

  private float norm() {
    double sum = 0;
    for (float value : query) {
      sum += (double) value * value;
    }
    return (float) Math.sqrt(sum);
  }

  private int scanAll(ListScanner first, int from, int to) {
    for (int position = from; position < to; position += RUN) {
      int count = Math.min(RUN, to - position);
      first.distances(position, position + count, distances);
      for (int i = 0; i < count; i++) {
        if (distances[i] <= bound) {
          offer(position + i, lists.row(position + i), distances[i]);
        }
      }
    }
    return to - from;
  }

  private int scanSome(ListScanner first, int from, int to, RowBitmap allowed) {
    int limit = Math.min(lists.rowCount(), allowed.rowCount());
    int compared = 0;
    int count = 0;
    for (int position = from; position < to; position++) {
      int row = lists.row(position);
      // A row that is not of the segment comes of a damaged file, or is none.
      if (row >= 0 && row < limit && allowed.contains(row)) {
        positions[count] = position;
        rows[count++] = row;
        if (count == RUN) {
          offerRun(first, count);
          compared += count;
          count = 0;
        }
      }
    }
    if (count > 0) {
      offerRun(first, count);
    }
    return compared + count;
  }

  private void offerRun(ListScanner from, int count) {
    from.distances(positions, rows, count, distances);
    for (int i = 0; i < count; i++) {
      if (distances[i] <= bound) {
        offer(positions[i], rows[i], distances[i]);
      }
    }
  }

  private void offer(int position, int row, float distance) {
    if (row < 0 || row >= lists.rowCount()) {
      return;
    }
    fruitful = true;
    if (collects) {
      if (candidates.offer(distance, position)) {
        updateBound();
      }
      return;
    }
    float score = Distances.score(metric, distance);
    if (results.wouldKeep(row, score) && range.accepts(score)) {
      results.offer(row, score);
      updateBound();
    }
  }

  private void updateBound() {
    if (collects) {
      bound = candidates.isFull() ? candidates.farthest() : Float.POSITIVE_INFINITY;
    } else if (results.size() < results.capacity()) {
      bound = radius;
    } else {
      float worst = results.worstScore();
      bound = Math.min(radius, metric.largerIsNearer() ? -worst : worst);
    }
  }

  /** Compares the candidates once more, in the order of their memory. */
  private void rerank(QueryVector queryVector, IvfEffort effort) {
    int count = candidates.size();
    if (chosen.length < count) {
      chosen = new int[count];
    }
    candidates.copyPositions(chosen);
    collects = false;
    updateBound();
    reranker.setQuery(queryVector, query, effort);
    for (int from = 0; from < count; from += RUN) {
      int size = Math.min(RUN, count - from);
      for (int i = 0; i < size; i++) {
        positions[i] = chosen[from + i];
        rows[i] = lists.row(positions[i]);
      }
      offerRun(reranker, size);
    }
  }
}
