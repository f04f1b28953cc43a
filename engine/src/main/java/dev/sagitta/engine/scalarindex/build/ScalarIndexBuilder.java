package dev.sagitta.engine.scalarindex.build;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.IndexFiles;
import dev.sagitta.engine.scalarindex.file.KeyStarts;
import dev.sagitta.engine.scalarindex.file.KeyedRows;
import dev.sagitta.engine.scalarindex.file.RowContainers;
import dev.sagitta.engine.scalarindex.file.RowLayout;
import dev.sagitta.engine.scalarindex.file.RowLists;
import dev.sagitta.engine.scalarindex.file.ScalarIndexDescription;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;

/**
 * Builds any scalar index: keys of all rows, sorted, then written. Memory is bounded by the sort's
 * buffers (about 100 MB), however long the segment; the rest lies in temporary files.
 */
public final class ScalarIndexBuilder {
  private static final int ROWS_BETWEEN_CHECKS = 1 << 12;

  private final IndexBuild build;
  private final KeySource source;
  private final IntFunction<RowLayout> layout;
  private Optional<byte[]> path = Optional.empty();
  private int jsonCast;
  private int minimumGram;
  private int maximumGram;

  /**
   * A builder.
   *
   * @param layout how rows are stored, by the number of keys
   */
  public ScalarIndexBuilder(IndexBuild build, KeySource source, IntFunction<RowLayout> layout) {
    this.build = requireNonNull(build, "build is null");
    this.source = requireNonNull(source, "source is null");
    this.layout = requireNonNull(layout, "layout is null");
  }

  /** Keys come from a path of JSON documents. */
  public ScalarIndexBuilder ofPath(byte[] encodedPath, int castCode) {
    path = Optional.of(encodedPath);
    jsonCast = castCode;
    return this;
  }

  /** Keys are runs of characters. */
  public ScalarIndexBuilder ofGrams(int minimum, int maximum) {
    minimumGram = minimum;
    maximumGram = maximum;
    return this;
  }

  /**
   * Builds the index and writes its file.
   *
   * @throws CancellationException if the build's progress says so
   */
  public void write() throws IOException {
    boolean byteKeys = source.kind().isBytes();
    try (PairSorter sorter = new PairSorter(build.temporary("sort"), byteKeys, PairLimits.DEFAULT);
        KeySpools keys = new KeySpools(build, byteKeys);
        Spool starts = new Spool(build.temporary("starts"));
        Spool rows = new Spool(build.temporary("rows"));
        Arena arena = Arena.ofShared()) {
      for (int row = 0; row < build.rowCount(); row++) {
        source.keysOf(row, sorter);
        if (row % ROWS_BETWEEN_CHECKS == 0) {
          check(row);
        }
      }
      try (SortedPairs pairs = sorter.sorted()) {
        drain(pairs, keys, starts, rows);
      }
      writeFile(keys, starts, rows, arena);
    }
    build.progress().rowsIndexed(build.rowCount());
  }

  private void check(int row) {
    if (build.progress().cancelled()) {
      throw new CancellationException("index build cancelled: target=" + build.target());
    }
    build.progress().rowsIndexed(row);
  }

  private void drain(SortedPairs pairs, KeySpools keys, Spool starts, Spool rows)
      throws IOException {
    int lastRow = -1;
    long pairCount = 0;
    while (pairs.next()) {
      int row = pairs.row();
      if (!keys.isLast(pairs)) {
        keys.add(pairs);
        starts.putLong(pairCount);
      } else if (row == lastRow) {
        continue;
      }
      rows.putInt(row);
      lastRow = row;
      pairCount++;
      if (pairCount % (1 << 20) == 0) {
        check(build.rowCount());
      }
    }
    starts.putLong(pairCount);
  }

  private void writeFile(KeySpools keys, Spool starts, Spool rows, Arena arena) throws IOException {
    KeyedRows keyedRows =
        new KeyedRows(starts.map(arena), rows.map(arena), keys.count(), build.rowCount());
    long pairCount = rows.size() / Integer.BYTES;
    boolean uniqueKeys = pairCount == keys.count();
    RowLayout rowLayout = layout.apply(keys.count());
    ScalarIndexDescription description =
        new ScalarIndexDescription(
            build.typeName(),
            source.kind(),
            rowLayout,
            source.elements(),
            source.inexact(),
            uniqueKeys,
            source.singleValued(),
            build.rowCount(),
            keys.count(),
            pairCount,
            minimumGram,
            maximumGram,
            jsonCast);
    IndexFiles.write(
        build.target(),
        build.identity(),
        writer -> {
          writer.block(ScalarIndexDescription.BLOCK, description.toBlock());
          if (path.isPresent()) {
            writer.block(ScalarIndexDescription.PATH_BLOCK, MemorySegment.ofArray(path.get()));
          }
          keys.writeTo(writer, arena);
          if (!uniqueKeys) {
            writer.block(KeyStarts.BLOCK, keyedRows.starts());
          }
          switch (rowLayout) {
            case LISTS -> RowLists.write(writer, keyedRows);
            case CONTAINERS -> RowContainers.write(writer, keyedRows);
          }
        });
  }
}
