package dev.sagitta.query.load;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.DeltaDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentIndexDescriptor;
import dev.sagitta.engine.index.VectorIndexTypes;
import dev.sagitta.engine.scalarindex.ScalarIndexType;
import dev.sagitta.engine.scalarindex.ScalarIndexTypes;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.segment.IndexMemory;
import dev.sagitta.engine.segment.SealedSegment;
import dev.sagitta.engine.segment.Segment;
import dev.sagitta.engine.storage.StorageLayout;
import dev.sagitta.query.cache.CachedFile;
import dev.sagitta.query.cache.SegmentFileCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens sealed segments from files of the cache. A segment uses its files until it is closed; when
 * the cache removes one a little earlier than the last view ends, the map keeps its bytes.
 */
public final class CachedSegmentOpener implements SegmentOpener {
  private final SegmentFileCache cache;
  private final IndexMemory indexMemory;

  /**
   * @param indexMemory where vector indexes are searched
   */
  public CachedSegmentOpener(SegmentFileCache cache, IndexMemory indexMemory) {
    this.cache = requireNonNull(cache, "cache is null");
    this.indexMemory = requireNonNull(indexMemory, "indexMemory is null");
  }

  @Override
  public Opened open(CollectionDescriptor collection, SegmentDescriptor descriptor) {
    List<CachedFile> files = new ArrayList<>();
    SealedSegment segment = null;
    boolean complete = false;
    try {
      Map<String, Path> paths = new HashMap<>();
      for (String key : keys(descriptor)) {
        CachedFile file = cache.acquire(key);
        files.add(file);
        paths.put(key, file.path());
      }
      segment = SealedSegment.open(descriptor, collection.schema(), paths::get);
      FileBackedSegment opened = new FileBackedSegment(segment, files);
      Set<Long> builds = attach(opened, collection, descriptor, Set.of());
      complete = true;
      return new Opened(opened, builds);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot map segment: segmentId=" + descriptor.id() + " reason=" + e.getMessage(), e);
    } finally {
      if (!complete) {
        if (segment != null) {
          segment.close();
        }
        files.forEach(CachedFile::close);
      }
    }
  }

  @Override
  public Set<Long> attach(
      Segment opened,
      CollectionDescriptor collection,
      SegmentDescriptor descriptor,
      Set<Long> attached) {
    FileBackedSegment segment = (FileBackedSegment) opened;
    Set<Long> builds = new HashSet<>();
    Set<Long> indexes = new HashSet<>();
    for (SegmentIndexDescriptor built : descriptor.indexes()) {
      if (built.fileName().isEmpty()) {
        continue;
      }
      builds.add(built.buildId());
      indexes.add(built.indexId());
      if (!attached.contains(built.buildId())) {
        attach(segment, collection, descriptor, built);
      }
    }
    segment.detachOthers(indexes);
    return builds;
  }

  private void attach(
      FileBackedSegment segment,
      CollectionDescriptor collection,
      SegmentDescriptor descriptor,
      SegmentIndexDescriptor built) {
    Optional<IndexDescriptor> index =
        collection.indexes().stream()
            .filter(candidate -> candidate.id() == built.indexId())
            .findFirst();
    if (index.isEmpty()) {
      return;
    }
    String key =
        StorageLayout.indexFile(
            descriptor.collectionId(),
            descriptor.id(),
            built.fieldId(),
            built.buildId(),
            built.fileName().orElseThrow());
    CachedFile file = cache.acquire(key);
    boolean complete = false;
    try {
      if (index.get().isVectorIndex()) {
        segment.attachIndex(
            index.get(),
            VectorIndexTypes.get(index.get().indexType()),
            file,
            built.buildId(),
            indexMemory);
      } else {
        segment.attachScalarIndex(
            index.get(), scalarType(collection, index.get()), file, built.buildId());
      }
      complete = true;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot map index: file=" + key + " reason=" + e.getMessage(), e);
    } finally {
      if (!complete) {
        file.close();
      }
    }
  }

  private static ScalarIndexType scalarType(
      CollectionDescriptor collection, IndexDescriptor index) {
    FieldSchema field = collection.schema().field(index.fieldId()).orElseThrow();
    return ScalarIndexTypes.resolve(index.indexType(), field, index.parameters()).type();
  }

  private static List<String> keys(SegmentDescriptor segment) {
    List<String> keys = new ArrayList<>();
    for (ChunkDescriptor chunk : segment.chunks()) {
      for (long fieldId : chunk.fieldIds()) {
        keys.add(
            StorageLayout.binlog(segment.collectionId(), segment.id(), fieldId, chunk.number()));
      }
      keys.add(StorageLayout.stats(segment.collectionId(), segment.id(), chunk.number()));
    }
    for (DeltaDescriptor delta : segment.deltas()) {
      keys.add(StorageLayout.delta(segment.collectionId(), segment.id(), delta.number()));
    }
    return keys;
  }
}
