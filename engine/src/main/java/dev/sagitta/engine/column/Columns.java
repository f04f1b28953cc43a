package dev.sagitta.engine.column;

import dev.sagitta.engine.schema.FieldSchema;
import java.util.List;

/** Makes columns out of other columns without copying values. */
public final class Columns {
  private Columns() {}

  /**
   * The rows of all parts, one part after another, read where they lie.
   *
   * @param parts at least one column over memory, all of one type
   */
  public static Column concatenated(List<Column> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    ColumnType type = ColumnType.of(parts.getFirst());
    ValueLocator[] locators = new ValueLocator[parts.size()];
    Validity[] validities = new Validity[parts.size()];
    int[] starts = new int[parts.size() + 1];
    boolean nulls = false;
    for (int i = 0; i < locators.length; i++) {
      MemoryColumn part = (MemoryColumn) parts.get(i);
      if (!part.columnType.equals(type)) {
        throw new IllegalArgumentException(
            "columns of different types: type=" + part.columnType + " expected=" + type);
      }
      locators[i] = part.values;
      validities[i] = part.validity();
      nulls |= part.mayHaveNulls();
      starts[i + 1] = Math.addExact(starts[i], part.rowCount());
    }
    return MemoryColumn.create(
        type,
        starts[locators.length],
        new ConcatenatedLocator(locators, starts),
        nulls ? concatenated(validities, starts) : Validity.NO_NULLS);
  }

  private static Validity concatenated(Validity[] parts, int[] starts) {
    return new Validity() {
      @Override
      public boolean isNull(int row) {
        int part = ConcatenatedLocator.partOf(starts, row);
        return parts[part].isNull(row - starts[part]);
      }

      @Override
      public long nullBits(int firstRow, int count) {
        long bits = 0;
        for (int done = 0; done < count; ) {
          int row = firstRow + done;
          int part = ConcatenatedLocator.partOf(starts, row);
          int run = Math.min(count - done, starts[part + 1] - row);
          bits |= parts[part].nullBits(row - starts[part], run) << done;
          done += run;
        }
        return bits;
      }
    };
  }

  /**
   * The field's default value, or null, in each row: what rows answer that were written before the
   * field was added.
   *
   * @throws IllegalStateException if the field has no default and is not nullable
   */
  public static Column defaults(FieldSchema field, int rowCount) {
    ColumnBuilder builder = ColumnBuilder.forField(field, 1);
    builder.appendDefault();
    MemoryColumn single = builder.image().toColumn();
    return MemoryColumn.create(
        single.columnType,
        rowCount,
        new RepeatedLocator(single.values),
        single.isNull(0) ? Validity.ALL_NULL : Validity.NO_NULLS);
  }
}
