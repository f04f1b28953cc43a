package dev.sagitta.proxy;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.VectorColumn;
import java.util.List;

/** What a search looks for. */
public sealed interface SearchTarget {
  /** Number of queries (nq). */
  int count();

  /**
   * Vectors given by the client.
   *
   * @param vectors at least one vector of the field's type, on the heap
   */
  record Vectors(VectorColumn vectors) implements SearchTarget {
    public Vectors {
      requireNonNull(vectors, "vectors is null");
    }

    @Override
    public int count() {
      return vectors.rowCount();
    }
  }

  /**
   * Texts given by the client; the function that computes the searched field makes their vectors.
   *
   * @param texts at least one
   */
  record Texts(List<String> texts) implements SearchTarget {
    public Texts {
      texts = List.copyOf(requireNonNull(texts, "texts is null"));
    }

    @Override
    public int count() {
      return texts.size();
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
