package dev.sagitta.bench.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Makes filters of given shares over a data set, the same in every run. */
public final class RowFilters {
  private static final long SEED = 20261123;

  private final float[][] base;

  public RowFilters(DataSet data) throws IOException {
    this.base = data.base();
  }

  /** One filter of every kind for every share. */
  public List<RowFilter> of(double... shares) {
    List<RowFilter> filters = new ArrayList<>();
    for (RowFilter.Kind kind : RowFilter.Kind.values()) {
      int[] order = order(kind);
      for (double share : shares) {
        BitSet rows = new BitSet(base.length);
        int count = Math.max(1, (int) Math.round(share * base.length));
        for (int i = 0; i < count; i++) {
          rows.set(order[i]);
        }
        filters.add(new RowFilter(kind, share, rows));
      }
    }
    return filters;
  }

  private int[] order(RowFilter.Kind kind) {
    return switch (kind) {
      case RANDOM -> {
        Random random = new Random(SEED);
        double[] lots =
            IntStream.range(0, base.length).mapToDouble(r -> random.nextDouble()).toArray();
        yield sorted(row -> lots[row]);
      }
      case COORDINATE -> {
        int coordinate = widestCoordinate();
        yield sorted(row -> base[row][coordinate]);
      }
      case CLUSTER -> {
        float[] centre = base[new Random(SEED).nextInt(base.length)];
        yield sorted(row -> squaredL2(base[row], centre));
      }
    };
  }

  private int[] sorted(IntToDoubleFunction key) {
    return IntStream.range(0, base.length)
        .boxed()
        .sorted(Comparator.comparingDouble(key::applyAsDouble))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int widestCoordinate() {
    int widest = 0;
    double largest = -1;
    for (int coordinate = 0; coordinate < base[0].length; coordinate++) {
      double sum = 0;
      double squares = 0;
      for (float[] row : base) {
        sum += row[coordinate];
        squares += (double) row[coordinate] * row[coordinate];
      }
      double variance = squares - sum * sum / base.length;
      if (variance > largest) {
        largest = variance;
        widest = coordinate;
      }
    }
    return widest;
  }

  private static double squaredL2(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      double difference = (double) left[i] - right[i];
      sum += difference * difference;
    }
    return sum;
  }
}
