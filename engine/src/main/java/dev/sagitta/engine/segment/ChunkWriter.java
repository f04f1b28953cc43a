package dev.sagitta.engine.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.DeltaDescriptor;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.storage.FileIdentity;
import dev.sagitta.engine.storage.StorageLayout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the files of chunks and deltas below a local directory, under the names they have in the
 * object store. The files are not synced: they become durable in the store. Files of an earlier
 * attempt are replaced.
 */
public final class ChunkWriter {
  /**
   * A chunk and the files that were written for it.
   *
   * @param files names relative to the directory, as in {@link StorageLayout}
   */
  public record WrittenChunk(ChunkDescriptor descriptor, List<String> files) {
    public WrittenChunk {
      requireNonNull(descriptor, "descriptor is null");
      files = List.copyOf(files);
    }
  }

  /** A delta and the name of its file relative to the directory. */
  public record WrittenDelta(DeltaDescriptor descriptor, String file) {
    public WrittenDelta {
      requireNonNull(descriptor, "descriptor is null");
      requireNonNull(file, "file is null");
    }
  }

  private final Path directory;
  private final long collectionId;
  private final long segmentId;

  public ChunkWriter(Path directory, long collectionId, long segmentId) {
    this.directory = requireNonNull(directory, "directory is null");
    this.collectionId = collectionId;
    this.segmentId = segmentId;
  }

  /**
   * Writes the rows {@code from} to {@code to - 1}, at least one, as a chunk: a binlog a field, one
   * for the timestamps, and the stats file.
   *
   * @param source has all fields of the schema and the timestamps; usually a view of the segment
   */
  public WrittenChunk writeChunk(
      long number, CollectionSchema schema, ColumnSource source, int from, int to)
      throws IOException {
    if (from < 0 || from >= to || to > source.rowCount()) {
      throw new IllegalArgumentException(
          "no such rows: from=" + from + " to=" + to + " rowCount=" + source.rowCount());
    }
    List<Long> fieldIds = new ArrayList<>();
    fieldIds.add(FieldSchema.TIMESTAMP_FIELD_ID);
    schema.fields().forEach(field -> fieldIds.add(field.id()));
    List<String> files = new ArrayList<>();
    long size = 0;
    for (long fieldId : fieldIds) {
      String name = StorageLayout.binlog(collectionId, segmentId, fieldId, number);
      FileIdentity identity = new FileIdentity(collectionId, segmentId, fieldId, number);
      files.add(name);
      size +=
          write(
              name,
              channel ->
                  BinlogFile.write(
                      channel,
                      identity,
                      source.column(fieldId),
                      from,
                      to,
                      extraOf(schema, fieldId)));
    }
    String name = StorageLayout.stats(collectionId, segmentId, number);
    files.add(name);
    ChunkStats stats = ChunkStats.compute(schema, source, from, to);
    FileIdentity identity = new FileIdentity(collectionId, segmentId, 0, number);
    size += write(name, channel -> StatsFile.write(channel, identity, stats));
    ChunkDescriptor descriptor =
        new ChunkDescriptor(
            number, to - from, size, stats.minTimestamp(), stats.maxTimestamp(), fieldIds);
    return new WrittenChunk(descriptor, files);
  }

  private static BinlogFile.Extra extraOf(CollectionSchema schema, long fieldId) {
    if (fieldId == schema.primaryKey().id()) {
      return BinlogFile.Extra.KEY_ORDER;
    }
    return schema.field(fieldId).filter(schema::isBm25Output).isPresent()
        ? BinlogFile.Extra.TERM_STATISTICS
        : BinlogFile.Extra.NONE;
  }

  /** Writes deletes of the segment, one timestamp a key. */
  public WrittenDelta writeDelta(long number, PrimaryKeys keys, long[] timestamps)
      throws IOException {
    String name = StorageLayout.delta(collectionId, segmentId, number);
    FileIdentity identity = new FileIdentity(collectionId, segmentId, 0, number);
    long size = write(name, channel -> DeltaFile.write(channel, identity, keys, timestamps));
    return new WrittenDelta(new DeltaDescriptor(number, keys.size(), size), name);
  }

  /** Writes one file to a channel and answers its length. */
  @FunctionalInterface
  private interface FileBody {
    long writeTo(WritableByteChannel channel) throws IOException;
  }

  private long write(String name, FileBody body) throws IOException {
    Path path = directory.resolve(name);
    Files.createDirectories(path.getParent());
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      return body.writeTo(channel);
    }
  }
}
