package dev.sagitta.engine.filter.evaluate;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.ColumnSource;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A random part of the rows of another predicate, another one each time. All parts of that size are
 * equally likely (selection sampling: Knuth, The Art of Computer Programming, volume 2, 3.4.2,
 * algorithm S).
 *
 * @param fraction between 0 and 1; the expected number of rows is exactly this part
 */
public record SamplePredicate(Predicate predicate, double fraction) implements Predicate {
  public SamplePredicate {
    requireNonNull(predicate, "predicate is null");
  }

  @Override
  public Selection open(ColumnSource columns) {
    return new Sample(predicate.open(columns), fraction);
  }

  private record Sample(Selection selection, double fraction) implements Selection {
    @Override
    public RowBitmap select(RowBitmap candidates) {
      RowBitmap rows = selection.select(candidates);
      ThreadLocalRandom random = ThreadLocalRandom.current();
      long left = rows.cardinality();
      // A random rounding: small segments would else always give nothing.
      long wanted = (long) (left * fraction + random.nextDouble());
      RowBitmap sample = new RowBitmap(rows.rowCount());
      for (int row = rows.nextRow(0); row >= 0 && wanted > 0; row = rows.nextRow(row + 1)) {
        if (random.nextLong(left) < wanted) {
          sample.add(row);
          wanted--;
        }
        left--;
      }
      return sample;
    }

    @Override
    public double cost(int candidateCount) {
      return selection.cost(candidateCount) + candidateCount * 10.0;
    }
  }
}
