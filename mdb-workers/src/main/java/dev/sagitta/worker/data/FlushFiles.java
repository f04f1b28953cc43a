package dev.sagitta.worker.data;

import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.segment.ChunkWriter;
import dev.sagitta.query.segment.FlushCut;
import dev.sagitta.query.segment.VchannelState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Writes a flush's files to a temporary directory and from there, in parallel, to the store. */
final class FlushFiles {
  private final VchannelState state;
  private final DataWorkerServices services;

  FlushFiles(VchannelState state, DataWorkerServices services) {
    this.state = state;
    this.services = services;
  }

  /**
   * Writes everything; durable on return. Called again after a failure it writes the same.
   *
   * @param deltaNumber number of all delta files, not used by any flush before; present if there
   *     are deltas
   */
  Written write(FlushCut cut, Map<Long, DeltaRows> deltas, OptionalLong deltaNumber) {
    try {
      Path directory = Files.createTempDirectory(services.temporaryDirectory(), "flush-");
      try {
        return write(directory, cut, deltas, deltaNumber);
      } finally {
        removeAll(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write flush: vchannel=" + state.vchannel() + " reason=" + e.getMessage(), e);
    }
  }

  private Written write(
      Path directory, FlushCut cut, Map<Long, DeltaRows> deltas, OptionalLong deltaNumber)
      throws IOException {
    List<String> keys = new ArrayList<>();
    List<CatalogChange.FlushedChunk> flushedChunks = new ArrayList<>();
    List<CatalogChange.FlushedDelta> flushedDeltas = new ArrayList<>();
    long bytes = 0;
    CollectionSchema schema = cut.schema();
    for (FlushCut.Chunk chunk : cut.chunks()) {
      long segmentId = chunk.view().segmentId();
      ChunkWriter.WrittenChunk written =
          new ChunkWriter(directory, state.collectionId(), segmentId)
              .writeChunk(chunk.number(), schema, chunk.view(), chunk.fromRow(), chunk.toRow());
      keys.addAll(written.files());
      bytes += written.descriptor().sizeInBytes();
      flushedChunks.add(
          new CatalogChange.FlushedChunk(
              segmentId, chunk.view().partitionId(), written.descriptor()));
    }
    for (Map.Entry<Long, DeltaRows> delta : deltas.entrySet()) {
      ChunkWriter.WrittenDelta written =
          new ChunkWriter(directory, state.collectionId(), delta.getKey())
              .writeDelta(
                  deltaNumber.orElseThrow(),
                  delta.getValue().keys(),
                  delta.getValue().timestamps());
      keys.add(written.file());
      bytes += written.descriptor().sizeInBytes();
      flushedDeltas.add(new CatalogChange.FlushedDelta(delta.getKey(), written.descriptor()));
    }
    putAll(directory, keys);
    return new Written(flushedChunks, flushedDeltas, bytes);
  }

  private void putAll(Path directory, List<String> keys) {
    List<CompletableFuture<Void>> puts = new ArrayList<>();
    for (String key : keys) {
      puts.add(CompletableFuture.runAsync(() -> put(key, directory.resolve(key)), services.puts()));
    }
    try {
      CompletableFuture.allOf(puts.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw e;
      }
    }
  }

  private void put(String key, Path file) {
    try (ObjectStore connection = services.store().connect()) {
      connection.putFile(key, file);
    }
  }

  private static void removeAll(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** What the catalog is told of the files. */
  record Written(
      List<CatalogChange.FlushedChunk> chunks,
      List<CatalogChange.FlushedDelta> deltas,
      long bytes) {
    boolean isEmpty() {
      return chunks.isEmpty() && deltas.isEmpty();
    }
  }
}
