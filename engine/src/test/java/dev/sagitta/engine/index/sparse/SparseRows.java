package dev.sagitta.engine.index.sparse;

import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.ColumnType;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.schema.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** Random sparse rows, their column, and the obvious search in them. A null row is null. */
final class SparseRows {
  final List<SortedMap<Long, Float>> rows = new ArrayList<>();
  private final Random random;
  private final int distinct;
  private final int[] indexOfRank;

  /** One found row. */
  record Hit(int row, float score) {}

  /**
   * @param distinct number of distinct indices, which become rarer from first to last as words do
   */
  SparseRows(Random random, int distinct) {
    this.random = random;
    this.distinct = distinct;
    this.indexOfRank = random.ints(distinct).map(index -> index == -1 ? 0 : index).toArray();
  }

  /** An index that is more frequent the smaller its rank. */
  int drawIndex() {
    double skewed = Math.pow(distinct + 1.0, random.nextDouble()) - 1;
    return indexOfRank[(int) Math.min(distinct - 1, skewed)];
  }

  SortedMap<Long, Float> draw(int entries, float[] values) {
    SortedMap<Long, Float> row = new TreeMap<>();
    for (int i = 0; i < entries; i++) {
      float value =
          values.length == 0
              ? (float) Math.exp(random.nextGaussian())
              : values[random.nextInt(values.length)];
      row.put(Integer.toUnsignedLong(drawIndex()), value);
    }
    return row;
  }

  void add(int count, int entriesMax, float... values) {
    for (int i = 0; i < count; i++) {
      rows.add(draw(random.nextInt(entriesMax + 1), values));
    }
  }

  SparseVectorColumn column() {
    ColumnBuilder builder =
        ColumnBuilder.forType(
            new ColumnType(DataType.SPARSE_FLOAT_VECTOR, Optional.empty(), 0), rows.size());
    for (SortedMap<Long, Float> row : rows) {
      if (row == null) {
        builder.appendNull();
      } else {
        QueryVector.Sparse entries = query(row);
        builder.appendSparseVector(entries.indices(), entries.values(), row.size());
      }
    }
    return (SparseVectorColumn) builder.build();
  }

  static QueryVector.Sparse query(SortedMap<Long, Float> entries) {
    int[] indices = entries.keySet().stream().mapToInt(Long::intValue).toArray();
    float[] values = new float[indices.length];
    int filled = 0;
    for (float value : entries.values()) {
      values[filled++] = value;
    }
    return new QueryVector.Sparse(indices, values);
  }

  /** What the rows {@code from} to {@code to - 1} know about the query's terms. */
  Bm25Statistics statistics(QueryVector.Sparse query, int from, int to) {
    long documents = 0;
    double length = 0;
    long[] frequencies = new long[query.indices().length];
    for (SortedMap<Long, Float> row : rows.subList(from, to)) {
      if (row != null) {
        documents++;
        length += length(row);
        for (int i = 0; i < frequencies.length; i++) {
          Float value = row.get(Integer.toUnsignedLong(query.indices()[i]));
          frequencies[i] += value != null && value > 0 ? 1 : 0;
        }
      }
    }
    return new Bm25Statistics(documents, length, query.indices(), frequencies);
  }

  /** The best rows by inner product. */
  List<Hit> byInnerProduct(QueryVector.Sparse query, int limit, IntPredicate allowed) {
    Map<Long, Double> weights = new HashMap<>();
    for (int i = 0; i < query.indices().length; i++) {
      weights.put(Integer.toUnsignedLong(query.indices()[i]), (double) query.values()[i]);
    }
    return best(limit, allowed, row -> product(row, weights, value -> value));
  }

  /** The best rows by BM25. */
  List<Hit> byBm25(
      QueryVector.Sparse query,
      Bm25Parameters parameters,
      Bm25Statistics statistics,
      int limit,
      IntPredicate allowed) {
    Map<Long, Double> weights = new HashMap<>();
    for (int i = 0; i < query.indices().length; i++) {
      double rarity =
          Math.log(
              1
                  + (statistics.documentCount() - statistics.documentFrequencies()[i] + 0.5)
                      / (statistics.documentFrequencies()[i] + 0.5));
      weights.put(Integer.toUnsignedLong(query.indices()[i]), query.values()[i] * rarity);
    }
    double average = statistics.averageLength();
    return best(
        limit,
        allowed,
        row -> {
          double held =
              parameters.k1() * (1 - parameters.b() + parameters.b() * length(row) / average);
          return product(
              row, weights, frequency -> frequency * (parameters.k1() + 1) / (frequency + held));
        });
  }

  private interface Scoring {
    double of(SortedMap<Long, Float> row);
  }

  private interface Impact {
    double of(double value);
  }

  private static double product(
      SortedMap<Long, Float> row, Map<Long, Double> weights, Impact impact) {
    double sum = 0;
    for (Map.Entry<Long, Float> entry : row.entrySet()) {
      Double weight = weights.get(entry.getKey());
      if (weight != null) {
        sum += weight * impact.of(entry.getValue());
      }
    }
    return sum;
  }

  private static double length(SortedMap<Long, Float> row) {
    return row.values().stream().mapToDouble(value -> value).sum();
  }

  private List<Hit> best(int limit, IntPredicate allowed, Scoring scoring) {
    List<Hit> hits = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row) != null && allowed.test(row)) {
        float score = (float) scoring.of(rows.get(row));
        if (score > 0) {
          hits.add(new Hit(row, score));
        }
      }
    }
    hits.sort(Comparator.comparingDouble((Hit hit) -> -hit.score).thenComparingInt(Hit::row));
    return hits.subList(0, Math.min(limit, hits.size()));
  }
}
