package dev.sagitta.engine.scalarindex;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Columns with indexes that were built, written, mapped and opened. */
public final class BuiltIndexes implements IndexedColumns, AutoCloseable {
  private final ColumnSource columns;
  private final Path directory;
  private final boolean forced;
  private final Arena arena = Arena.ofShared();
  private final Map<Long, List<ScalarIndex>> indexes = new HashMap<>();
  private final AtomicInteger lookups = new AtomicInteger();
  private int files;

  /**
   * Columns without indexes.
   *
   * @param forced whether filters always use an index that knows anything, whatever it costs
   */
  public BuiltIndexes(ColumnSource columns, Path directory, boolean forced) {
    this.columns = columns;
    this.directory = directory;
    this.forced = forced;
  }

  /** Builds an index and adds it. */
  public BuiltIndexes add(FieldSchema field, String typeName, Map<String, String> parameters) {
    ScalarIndex index = build(field, typeName, parameters);
    indexes
        .computeIfAbsent(field.id(), _ -> new ArrayList<>())
        .add(forced ? new Forced(index, lookups) : index);
    return this;
  }

  /** How often filters took rows from an index; counted when that is forced. */
  public int lookups() {
    return lookups.get();
  }

  private ScalarIndex build(FieldSchema field, String typeName, Map<String, String> parameters) {
    ScalarIndexTypes.Resolved resolved = ScalarIndexTypes.resolve(typeName, field, parameters);
    Path file = directory.resolve("index-" + files++);
    IndexFileIdentity identity = new IndexFileIdentity(1, 2, field.id(), 3);
    try {
      resolved
          .type()
          .build(
              field,
              resolved.parameters(),
              columns.column(field.id()),
              identity,
              BuildProgress.NONE,
              file);
      try (var left = Files.list(directory)) {
        long temporary = left.filter(path -> path.toString().contains(file + ".")).count();
        if (temporary > 0) {
          throw new IllegalStateException("temporary files are left: " + temporary);
        }
      }
      return resolved.type().open(BlockFile.map(file, arena), columns.rowCount(), identity);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<ScalarIndex> scalarIndexes(long fieldId) {
    return indexes.getOrDefault(fieldId, List.of());
  }

  @Override
  public int rowCount() {
    return columns.rowCount();
  }

  @Override
  public Column column(long fieldId) {
    return columns.column(fieldId);
  }

  @Override
  public void close() {
    arena.close();
  }

  private record Forced(ScalarIndex index, AtomicInteger lookups) implements ScalarIndex {
    @Override
    public int rowCount() {
      return index.rowCount();
    }

    @Override
    public Optional<RowMatch> match(ScalarTest test) {
      return index.match(test).map(match -> new ForcedMatch(match, lookups));
    }

    @Override
    public long sizeInBytes() {
      return index.sizeInBytes();
    }

    @Override
    public void close() {
      index.close();
    }
  }

  private record ForcedMatch(RowMatch match, AtomicInteger lookups) implements RowMatch {
    @Override
    public long estimatedRows() {
      return 0;
    }

    @Override
    public double cost() {
      return -1e12;
    }

    @Override
    public boolean exact() {
      return match.exact();
    }

    @Override
    public RowBitmap rows() {
      lookups.incrementAndGet();
      return match.rows();
    }
  }
}
