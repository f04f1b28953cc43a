package dev.sagitta.engine.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.index.sparse.TermStatistics;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.BlockFileWriter;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.FileIdentity;
import dev.sagitta.engine.storage.FileKind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/**
 * A binlog: the values of one field of one chunk. A {@link BlockFile} of kind BINLOG whose identity
 * is collection, segment, field and chunk, with the blocks of {@link ColumnBlocks} and
 *
 * <pre>
 * 5 key order, in binlogs of primary keys only: int32 row numbers, sorted by key, then by row;
 *   absent if the rows are in that order already
 * 6 term statistics, in binlogs of what a BM25 function computes, see {@link TermStatistics};
 *   binlogs of older releases lack them: they are counted when they are asked for
 * </pre>
 */
public final class BinlogFile {
  private static final int KEY_ORDER = 5;
  private static final int TERM_STATISTICS = 6;

  private final BlockFile file;
  private final Column column;
  private final Optional<MemorySegment> keyOrder;
  private volatile TermStatistics termStatistics;

  private BinlogFile(BlockFile file, Column column, Optional<MemorySegment> keyOrder) {
    this.file = file;
    this.column = column;
    this.keyOrder = keyOrder;
  }

  /**
   * Writes the rows {@code from} to {@code to - 1}.
   *
   * @param extra what is written beside the values
   * @return bytes written
   */
  public static long write(
      WritableByteChannel channel,
      FileIdentity identity,
      Column column,
      int from,
      int to,
      Extra extra)
      throws IOException {
    BlockFileWriter writer = new BlockFileWriter(channel, FileKind.BINLOG, identity);
    ColumnBlocks.write(writer, column, from, to);
    if (extra == Extra.TERM_STATISTICS) {
      TermStatistics statistics = TermStatistics.count((SparseVectorColumn) column, from, to);
      writer.block(TERM_STATISTICS, statistics.memory());
    }
    if (extra == Extra.KEY_ORDER) {
      Optional<MemorySegment> order = KeyOrder.compute(column, from, to);
      if (order.isPresent()) {
        writer.block(KEY_ORDER, order.get());
      }
    }
    return writer.finish();
  }

  /**
   * Opens a binlog in place.
   *
   * @throws dev.sagitta.engine.storage.UnusableFileException if the file cannot be used
   */
  public static BinlogFile open(String name, MemorySegment memory, FileIdentity identity) {
    requireNonNull(name, "name is null");
    BlockFile file = BlockFile.open(name, memory, FileKind.BINLOG, identity);
    Column column = ColumnBlocks.read(file);
    Optional<MemorySegment> keyOrder = file.optionalBlock(KEY_ORDER);
    keyOrder.ifPresent(
        order -> {
          long expected = (long) column.rowCount() * Integer.BYTES;
          if (order.byteSize() != expected) {
            throw file.corrupt("bytes of key order", expected, order.byteSize());
          }
        });
    return new BinlogFile(file, column, keyOrder);
  }

  /** The values, reading the file's memory. */
  public Column column() {
    return column;
  }

  /** What BM25 must know about the rows; only for binlogs of sparse vectors. */
  TermStatistics termStatistics() {
    TermStatistics known = termStatistics;
    if (known == null) {
      known =
          file.optionalBlock(TERM_STATISTICS)
              .map(this::readStatistics)
              .orElseGet(
                  () -> TermStatistics.count((SparseVectorColumn) column, 0, column.rowCount()));
      termStatistics = known;
    }
    return known;
  }

  private TermStatistics readStatistics(MemorySegment block) {
    try {
      return TermStatistics.of(block);
    } catch (IllegalArgumentException e) {
      CorruptFileException corrupt =
          new CorruptFileException(
              "file is damaged: file=" + file.name() + " what=term statistics: " + e.getMessage());
      corrupt.initCause(e);
      throw corrupt;
    }
  }

  /** Checks the checksums of all blocks. */
  public void verify() {
    file.verify();
  }

  /** What a binlog holds beside the values. */
  public enum Extra {
    NONE,
    /** The rows sorted by value, to be found by it. */
    KEY_ORDER,
    /** How many rows hold each term. */
    TERM_STATISTICS
  }

  /** Finds rows by key; only for binlogs of primary keys. */
  KeyOrder keyOrder() {
    return new KeyOrder(column, keyOrder);
  }
}
