package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.code.CodeScorer;
import dev.sagitta.engine.index.code.RaBitScorer;
import dev.sagitta.engine.index.code.VectorCode;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Compares codes; {@link CodeForm} says how distances come of them. */
final class CodeScanner implements ListScanner {
  private final IvfLists lists;
  private final MetricType metric;
  private final CodeForm form;
  private final CodeScorer scorer;
  private final MemorySegment codes;
  private final long rowBytes;
  private final MemorySegment constants;
  private final float[] four = new float[4];
  private final float[] residual;
  private float[] query;
  private float base;
  private float scale = 1;

  CodeScanner(IvfLists lists, StoredRows stored, VectorCode code, CodeForm form) {
    this.lists = lists;
    this.metric = lists.metric();
    this.form = form;
    this.scorer = code.newScorer();
    this.codes = stored.codes();
    this.rowBytes = stored.rowBytes();
    this.constants = form.hasConstants(metric) ? stored.constants().orElseThrow() : null;
    this.residual = new float[form == CodeForm.DISTANCE_OF_RESIDUAL ? lists.dimension() : 0];
  }

  @Override
  public void setQuery(QueryVector queryVector, float[] coarse, IvfEffort effort) {
    query = coarse;
    if (scorer instanceof RaBitScorer rabit) {
      rabit.setQueryBits(effort.queryBits());
    }
    if (form != CodeForm.DISTANCE_OF_RESIDUAL) {
      scorer.setQuery(query, 0);
    }
  }

  @Override
  public void enterList(int list, float coarseDistance) {
    switch (form) {
      case WHOLE -> {}
      case PRODUCT_OF_RESIDUAL -> {
        base = coarseDistance;
        scale = metric == MetricType.L2 ? 2 : 1;
      }
      case DISTANCE_OF_RESIDUAL -> {
        base = metric == MetricType.COSINE ? -1 : 0;
        scale = metric == MetricType.COSINE ? 0.5f : 1;
        int dimension = residual.length;
        MemorySegment.copy(
            lists.centroids(), LittleEndian.FLOAT, 4L * list * dimension, residual, 0, dimension);
        for (int i = 0; i < dimension; i++) {
          residual[i] = query[i] - residual[i];
        }
        scorer.setQuery(residual, 0);
      }
    }
  }

  @Override
  public void distances(int from, int to, float[] target) {
    int position = from;
    for (; position <= to - 4; position += 4) {
      long offset = position * rowBytes;
      scorer.distances(
          codes, offset, offset + rowBytes, offset + 2 * rowBytes, offset + 3 * rowBytes, four);
      for (int i = 0; i < 4; i++) {
        target[position - from + i] = distance(four[i], position + i);
      }
    }
    for (; position < to; position++) {
      target[position - from] = distance(scorer.distance(codes, position * rowBytes), position);
    }
  }

  @Override
  public void distances(int[] positions, int[] rows, int count, float[] target) {
    int i = 0;
    for (; i <= count - 4; i += 4) {
      scorer.distances(
          codes,
          positions[i] * rowBytes,
          positions[i + 1] * rowBytes,
          positions[i + 2] * rowBytes,
          positions[i + 3] * rowBytes,
          four);
      for (int j = i; j < i + 4; j++) {
        target[j] = distance(four[j - i], positions[j]);
      }
    }
    for (; i < count; i++) {
      target[i] = distance(scorer.distance(codes, positions[i] * rowBytes), positions[i]);
    }
  }

  private float distance(float compared, int position) {
    float distance = base + scale * compared;
    return constants == null
        ? distance
        : distance + constants.get(LittleEndian.FLOAT, 4L * position);
  }
}
