package dev.sagitta.engine.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.BlockFileWriter;
import dev.sagitta.engine.storage.FileIdentity;
import dev.sagitta.engine.storage.FileKind;
import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.WritableByteChannel;

/**
 * Deletes of a segment: keys, and for each the timestamp below which rows with the key are hidden.
 * A {@link BlockFile} of kind DELTA whose identity is collection, segment, 0 and the delta's
 * number, with the keys in the blocks of {@link ColumnBlocks} and
 *
 * <pre>
 * 6 timestamps: int64 for each key
 * </pre>
 */
public final class DeltaFile {
  private static final int TIMESTAMPS = 6;

  private final BlockFile file;
  private final Column keys;
  private final MemorySegment timestamps;

  private DeltaFile(BlockFile file, Column keys, MemorySegment timestamps) {
    this.file = file;
    this.keys = keys;
    this.timestamps = timestamps;
  }

  /**
   * Writes deletes.
   *
   * @param timestamps one for each key
   * @return bytes written
   */
  public static long write(
      WritableByteChannel channel, FileIdentity identity, PrimaryKeys keys, long[] timestamps)
      throws IOException {
    if (keys.size() != timestamps.length) {
      throw new IllegalArgumentException(
          "not one timestamp a key: keys=" + keys.size() + " timestamps=" + timestamps.length);
    }
    BlockFileWriter writer = new BlockFileWriter(channel, FileKind.DELTA, identity);
    ColumnBlocks.write(writer, ColumnBatches.ofPrimaryKeys(keys), 0, keys.size());
    MemorySegment bytes =
        MemorySegment.ofArray(new byte[Math.multiplyExact(timestamps.length, Long.BYTES)]);
    MemorySegment.copy(timestamps, 0, bytes, LittleEndian.LONG, 0, timestamps.length);
    writer.block(TIMESTAMPS, bytes);
    return writer.finish();
  }

  /**
   * Opens a delta file in place.
   *
   * @throws dev.sagitta.engine.storage.UnusableFileException if the file cannot be used
   */
  public static DeltaFile open(String name, MemorySegment memory, FileIdentity identity) {
    requireNonNull(name, "name is null");
    BlockFile file = BlockFile.open(name, memory, FileKind.DELTA, identity);
    Column keys = ColumnBlocks.read(file);
    MemorySegment timestamps = file.block(TIMESTAMPS);
    long expected = (long) keys.rowCount() * Long.BYTES;
    if (timestamps.byteSize() != expected) {
      throw file.corrupt("bytes of timestamps", expected, timestamps.byteSize());
    }
    return new DeltaFile(file, keys, timestamps);
  }

  /** Number of deletes. */
  public int size() {
    return keys.rowCount();
  }

  /** The deleted keys, copied to the heap. */
  public PrimaryKeys keys() {
    return ColumnBatches.primaryKeys(keys);
  }

  public long timestampAt(int index) {
    return timestamps.getAtIndex(LittleEndian.LONG, index);
  }

  /** Checks the checksums of all blocks. */
  public void verify() {
    file.verify();
  }
}
