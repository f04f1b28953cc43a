package dev.sagitta.engine.column;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.DataType;

/** A list of primary keys, Int64 or VarChar, without an object per integer key. */
public sealed interface PrimaryKeys {
  int size();

  DataType type();

  /** Int64 keys. */
  record LongKeys(long[] values) implements PrimaryKeys {
    public LongKeys {
      requireNonNull(values, "values is null");
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public DataType type() {
      return DataType.INT64;
    }
  }

  /** VarChar keys. */
  record StringKeys(String[] values) implements PrimaryKeys {
    public StringKeys {
      requireNonNull(values, "values is null");
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public DataType type() {
      return DataType.VARCHAR;
    }
  }
}
