package dev.sagitta.bench.data;

import dev.sagitta.engine.schema.MetricType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The truly nearest rows, by distances in double precision (squared L2, or one minus cosine), of
 * all rows and of any number of filtered subsets in one pass.
 */
final class ExactNeighbours {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Queries handled side by side: their vectors and one row stay in the processor's cache. */
  private static final int BLOCK = 16;

  private final double[][] queries;
  private final float[][] base;
  private final MetricType metric;

  ExactNeighbours(float[][] base, float[][] queries, MetricType metric) {
    this.base = base;
    this.metric = metric;
    this.queries = new double[queries.length][];
    for (int query = 0; query < queries.length; query++) {
      this.queries[query] = prepared(queries[query], new double[queries[query].length]);
    }
  }

  /**
   * The nearest rows of each subset.
   *
   * @param subsets rows allowed, one set per result
   * @param count how many rows are wanted
   * @return row numbers by subset and query, nearest first, -1 where a subset is too small
   */
  int[][][] nearest(List<BitSet> subsets, int count) throws InterruptedException {
    int[][][] nearest = new int[subsets.size()][queries.length][];
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> blocks = new ArrayList<>();
      for (int from = 0; from < queries.length; from += BLOCK) {
        int start = from;
        int end = Math.min(queries.length, from + BLOCK);
        blocks.add(executor.submit(() -> nearest(start, end, subsets, count, nearest)));
      }
      for (Future<?> block : blocks) {
        block.get();
      }
    } catch (ExecutionException failure) {
      throw new IllegalStateException("exact neighbours failed", failure.getCause());
    }
    return nearest;
  }

  /** The distance of a query to a row. */
  double distance(int query, int row) {
    double[] vector = prepared(base[row], new double[base[row].length]);
    return distance(queries[query], vector);
  }

  private void nearest(int from, int to, List<BitSet> subsets, int count, int[][][] nearest) {
    double[][] distances = new double[to - from][base.length];
    double[] vector = new double[base[0].length];
    for (int row = 0; row < base.length; row++) {
      prepared(base[row], vector);
      for (int query = from; query < to; query++) {
        distances[query - from][row] = distance(queries[query], vector);
      }
    }
    for (int query = from; query < to; query++) {
      for (int subset = 0; subset < subsets.size(); subset++) {
        nearest[subset][query] = smallest(distances[query - from], subsets.get(subset), count);
      }
    }
  }

  /** The vector in double precision, of unit length for cosine (a zero vector stays zero). */
  private double[] prepared(float[] vector, double[] target) {
    double norm = 0;
    for (int i = 0; i < vector.length; i++) {
      target[i] = vector[i];
      norm += target[i] * target[i];
    }
    if (metric == MetricType.COSINE && norm > 0) {
      double factor = 1 / Math.sqrt(norm);
      for (int i = 0; i < target.length; i++) {
        target[i] *= factor;
      }
    }
    return target;
  }

  private double distance(double[] left, double[] right) {
    return metric == MetricType.COSINE ? 1 - dot(left, right) : squaredL2(left, right);
  }

  private static double dot(double[] left, double[] right) {
    DoubleVector sums = DoubleVector.zero(SPECIES);
    int i = 0;
    for (; i <= left.length - LANES; i += LANES) {
      sums =
          DoubleVector.fromArray(SPECIES, left, i)
              .fma(DoubleVector.fromArray(SPECIES, right, i), sums);
    }
    double sum = sums.reduceLanes(VectorOperators.ADD);
    for (; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }

  private static double squaredL2(double[] left, double[] right) {
    DoubleVector sums = DoubleVector.zero(SPECIES);
    int i = 0;
    for (; i <= left.length - LANES; i += LANES) {
      DoubleVector difference =
          DoubleVector.fromArray(SPECIES, left, i).sub(DoubleVector.fromArray(SPECIES, right, i));
      sums = difference.fma(difference, sums);
    }
    double sum = sums.reduceLanes(VectorOperators.ADD);
    for (; i < left.length; i++) {
      sum += (left[i] - right[i]) * (left[i] - right[i]);
    }
    return sum;
  }

  /** Insertion into a short sorted list; equal distances keep the smaller row first. */
  private static int[] smallest(double[] distances, BitSet allowed, int count) {
    int[] rows = new int[count];
    double[] kept = new double[count];
    Arrays.fill(rows, -1);
    Arrays.fill(kept, Double.POSITIVE_INFINITY);
    for (int row = allowed.nextSetBit(0); row >= 0; row = allowed.nextSetBit(row + 1)) {
      double distance = distances[row];
      if (distance < kept[count - 1]) {
        int place = count - 1;
        for (; place > 0 && kept[place - 1] > distance; place--) {
          kept[place] = kept[place - 1];
          rows[place] = rows[place - 1];
        }
        kept[place] = distance;
        rows[place] = row;
      }
    }
    return rows;
  }
}
