package dev.sagitta.engine.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.BlockFileWriter;
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
 * </pre>
 */
public final class BinlogFile {
  private static final int KEY_ORDER = 5;

  private final BlockFile file;
  private final Column column;
  private final Optional<MemorySegment> keyOrder;

  private BinlogFile(BlockFile file, Column column, Optional<MemorySegment> keyOrder) {
    this.file = file;
    this.column = column;
    this.keyOrder = keyOrder;
  }

  /**
   * Writes the rows {@code from} to {@code to - 1}.
   *
   * @param primaryKey whether the rows are to be found by value
   * @return bytes written
   */
  public static long write(
      WritableByteChannel channel,
      FileIdentity identity,
      Column column,
      int from,
      int to,
      boolean primaryKey)
      throws IOException {
    BlockFileWriter writer = new BlockFileWriter(channel, FileKind.BINLOG, identity);
    ColumnBlocks.write(writer, column, from, to);
    if (primaryKey) {
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

  /** Checks the checksums of all blocks. */
  public void verify() {
    file.verify();
  }

  /** Finds rows by key; only for binlogs of primary keys. */
  KeyOrder keyOrder() {
    return new KeyOrder(column, keyOrder);
  }
}
