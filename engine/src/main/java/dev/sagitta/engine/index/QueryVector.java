package dev.sagitta.engine.index;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.BinaryVectorColumn;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.FloatVectors;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a vector field is searched for: one vector in the form of the field's type. */
public sealed interface QueryVector {
  /** A dense vector that fills the array. */
  static QueryVector of(float... values) {
    return new Dense(values, 0);
  }

  /**
   * Each row of a column without nulls as a query; dense ones share one array. Vectors on the heap
   * are not copied if they are in the form that comparisons want.
   */
  static List<QueryVector> ofRows(VectorColumn vectors) {
    List<QueryVector> queries = new ArrayList<>(vectors.rowCount());
    switch (vectors) {
      case DenseVectorColumn dense -> {
        int dimension = dense.dimension();
        float[] values = FloatVectors.of(dense);
        for (int row = 0; row < dense.rowCount(); row++) {
          queries.add(new Dense(values, row * dimension));
        }
      }
      case BinaryVectorColumn binary -> {
        for (int row = 0; row < binary.rowCount(); row++) {
          queries.add(bits(binary, row));
        }
      }
      case SparseVectorColumn sparse -> {
        for (int row = 0; row < sparse.rowCount(); row++) {
          int[] indices = new int[sparse.entryCount(row)];
          float[] values = new float[indices.length];
          sparse.copyEntries(row, indices, values);
          queries.add(new Sparse(indices, values));
        }
      }
    }
    return queries;
  }

  /** A row's bits: in place if they are an array's, else copied. */
  private static Binary bits(BinaryVectorColumn vectors, int row) {
    MemorySegment bits =
        vectors.blockOf(row).asSlice(vectors.offsetInBlock(row), vectors.vectorBytes());
    return bits.heapBase().orElse(null) instanceof byte[] array
        ? new Binary(array, Math.toIntExact(bits.address()))
        : new Binary(bits.toArray(LittleEndian.BYTE), 0);
  }

  /** Each row of a column as a query whose metric is BM25. */
  static List<QueryVector> ofRows(SparseVectorColumn vectors, Bm25Statistics statistics) {
    List<QueryVector> queries = new ArrayList<>(vectors.rowCount());
    for (QueryVector query : ofRows(vectors)) {
      Sparse sparse = query.sparse();
      queries.add(
          new Sparse(
              sparse.indices(),
              sparse.values(),
              Optional.of(statistics.ofTerms(sparse.indices()))));
    }
    return queries;
  }

  /** The query of a search in dense vectors of any element type. */
  default Dense dense() {
    throw otherKind("dense");
  }

  /** The query of a search in binary vectors. */
  default Binary binary() {
    throw otherKind("binary");
  }

  /** The query of a search in sparse vectors. */
  default Sparse sparse() {
    throw otherKind("sparse");
  }

  private IllegalArgumentException otherKind(String expected) {
    return new IllegalArgumentException(
        "query is of another kind: expected=" + expected + " actual=" + getClass().getSimpleName());
  }

  /**
   * A dense vector.
   *
   * @param values the field's dimension of numbers from {@code offset} on; not changed while in use
   */
  record Dense(float[] values, int offset) implements QueryVector {
    public Dense {
      requireNonNull(values, "values is null");
    }

    @Override
    public Dense dense() {
      return this;
    }
  }

  /**
   * A binary vector.
   *
   * @param bits the field's dimension of bits, eight a byte, from byte {@code offset} on
   */
  record Binary(byte[] bits, int offset) implements QueryVector {
    public Binary {
      requireNonNull(bits, "bits is null");
    }

    @Override
    public Binary binary() {
      return this;
    }
  }

  /**
   * A sparse vector.
   *
   * @param indices sorted, compared unsigned, none twice
   * @param values value of each index; for the metric BM25 how often the term occurs in the query
   * @param statistics for the metric BM25 what is known about all documents and these very indices;
   *     if empty, what the segment knows about its own
   */
  record Sparse(int[] indices, float[] values, Optional<Bm25Statistics> statistics)
      implements QueryVector {
    /** A sparse vector that is compared by inner product, or a query of one segment alone. */
    public Sparse(int[] indices, float[] values) {
      this(indices, values, Optional.empty());
    }

    public Sparse {
      requireNonNull(indices, "indices is null");
      requireNonNull(values, "values is null");
      requireNonNull(statistics, "statistics is null");
      if (indices.length != values.length) {
        throw new IllegalArgumentException(
            "as many values as indices are needed: indices="
                + indices.length
                + " values="
                + values.length);
      }
      for (int i = 1; i < indices.length; i++) {
        if (Integer.compareUnsigned(indices[i - 1], indices[i]) >= 0) {
          throw new IllegalArgumentException(
              "indices are not sorted: position=" + i + " index=" + indices[i]);
        }
      }
      if (statistics.isPresent() && !Arrays.equals(indices, statistics.get().indices())) {
        throw new IllegalArgumentException("statistics are not of the query's indices");
      }
    }

    @Override
    public Sparse sparse() {
      return this;
    }
  }
}
