package dev.sagitta.bench.sparse;

import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.ColumnType;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.index.VectorIndexTypes;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Our inverted index, mapped from its file. */
final class SagittaSide implements SearchSide {
  private static final IndexFileIdentity IDENTITY = new IndexFileIdentity(1, 2, 3, 4);

  private final String algorithm;
  private final List<QueryVector.Sparse> queries;
  private final Arena arena = Arena.ofShared();
  private final VectorIndex index;

  SagittaSide(
      Path file,
      MetricType metric,
      String algorithm,
      List<QueryVector.Sparse> rows,
      List<QueryVector.Sparse> queries)
      throws IOException {
    this.algorithm = algorithm;
    this.queries = queries;
    ColumnBuilder builder =
        ColumnBuilder.forType(
            new ColumnType(DataType.SPARSE_FLOAT_VECTOR, Optional.empty(), 0), rows.size());
    for (QueryVector.Sparse row : rows) {
      builder.appendSparseVector(row.indices(), row.values(), row.indices().length);
    }
    SparseVectorColumn column = (SparseVectorColumn) builder.build();
    VectorIndexType type = VectorIndexTypes.get("SPARSE_INVERTED_INDEX");
    type.build(
        column,
        metric,
        Map.of("inverted_index_algo", algorithm),
        IDENTITY,
        BuildProgress.NONE,
        file);
    index = type.open(BlockFile.map(file, arena), column, IDENTITY);
  }

  @Override
  public String name() {
    return algorithm;
  }

  @Override
  public int[] search(int query, int limit) {
    TopRows results = new TopRows(limit, true);
    index.search(queries.get(query), IndexSearchParameters.DEFAULT, Optional.empty(), results);
    results.sortBestFirst();
    int[] rows = new int[results.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = results.rowAt(i);
    }
    return rows;
  }

  @Override
  public long sizeInBytes() {
    return index.sizeInBytes();
  }

  @Override
  public void close() {
    index.close();
    arena.close();
  }
}
