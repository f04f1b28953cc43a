package dev.sagitta.proxy;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.PrimaryKeys;

/** What a search looks for. */
public sealed interface SearchTarget {
  /** Number of queries (nq). */
  int count();

  /**
   * Vectors given by the client.
   *
   * @param values {@code count * dimension} finite floats, query after query
   */
  record Vectors(float[] values, int count) implements SearchTarget {
    public Vectors {
      requireNonNull(values, "values is null");
      if (count < 1 || values.length % count != 0) {
        throw new IllegalArgumentException(
            "floats do not divide into queries: floats=" + values.length + " queries=" + count);
      }
    }
  }

  /** The vectors of stored rows; an unknown key fails the search. */
  record StoredRows(PrimaryKeys keys) implements SearchTarget {
    public StoredRows {
      requireNonNull(keys, "keys is null");
    }

    @Override
    public int count() {
      return keys.size();
    }
  }
}
