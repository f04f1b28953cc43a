package dev.sagitta.query.load;

import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.scalarindex.ScalarIndexType;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.segment.IndexMemory;
import dev.sagitta.engine.segment.SealedSegment;
import dev.sagitta.engine.segment.Segment;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.query.cache.CachedFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sealed segment together with the files of the cache that it uses. */
final class FileBackedSegment implements Segment {
  private final SealedSegment segment;
  private final List<CachedFile> files;

  /** Attached indexes by their ids; guarded by this. */
  private final Map<Long, AttachedFile> indexFiles = new HashMap<>();

  private boolean closed;

  FileBackedSegment(SealedSegment segment, List<CachedFile> files) {
    this.segment = segment;
    this.files = List.copyOf(files);
  }

  private record AttachedFile(IndexDescriptor index, CachedFile file) {}

  /** Takes the file over if it returns normally. */
  synchronized void attachIndex(
      IndexDescriptor index,
      VectorIndexType type,
      CachedFile file,
      long buildId,
      IndexMemory memory)
      throws IOException {
    segment.attachIndex(
        index.fieldId(), index.metric().orElseThrow(), type, file.path(), buildId, memory);
    keep(index, file);
  }

  /** Takes the file over if it returns normally. */
  synchronized void attachScalarIndex(
      IndexDescriptor index, ScalarIndexType type, CachedFile file, long buildId)
      throws IOException {
    segment.attachScalarIndex(index.id(), index.fieldId(), type, file.path(), buildId);
    keep(index, file);
  }

  private void keep(IndexDescriptor index, CachedFile file) {
    AttachedFile replaced = indexFiles.put(index.id(), new AttachedFile(index, file));
    if (replaced != null) {
      replaced.file.close();
    }
    if (closed) {
      file.close();
    }
  }

  /** Detaches all other indexes. */
  synchronized void detachOthers(Set<Long> indexIds) {
    // A new index of a vector field has already taken the place of the dropped one.
    Set<Long> keptFields = new HashSet<>();
    indexFiles.forEach(
        (id, attached) -> {
          if (indexIds.contains(id)) {
            keptFields.add(attached.index.fieldId());
          }
        });
    Iterator<AttachedFile> all = indexFiles.values().iterator();
    while (all.hasNext()) {
      AttachedFile attached = all.next();
      if (!indexIds.contains(attached.index.id())) {
        detach(attached.index, keptFields);
        attached.file.close();
        all.remove();
      }
    }
  }

  private void detach(IndexDescriptor index, Set<Long> keptFields) {
    if (!index.isVectorIndex()) {
      segment.detachScalarIndex(index.id());
    } else if (!keptFields.contains(index.fieldId())) {
      segment.detachIndex(index.fieldId());
    }
  }

  @Override
  public long id() {
    return segment.id();
  }

  @Override
  public long partitionId() {
    return segment.partitionId();
  }

  @Override
  public String vchannel() {
    return segment.vchannel();
  }

  @Override
  public int rowCount() {
    return segment.rowCount();
  }

  @Override
  public long maxTimestamp() {
    return segment.maxTimestamp();
  }

  @Override
  public SegmentView acquire() {
    return segment.acquire();
  }

  @Override
  public int delete(PrimaryKeys keys, long timestamp) {
    return segment.delete(keys, timestamp);
  }

  @Override
  public void updateSchema(CollectionSchema schema) {
    segment.updateSchema(schema);
  }

  @Override
  public boolean mayContain(PrimaryKeys keys) {
    return segment.mayContain(keys);
  }

  @Override
  public long memoryBytes() {
    return segment.memoryBytes();
  }

  @Override
  public synchronized void close() {
    closed = true;
    segment.close();
    files.forEach(CachedFile::close);
    indexFiles.values().forEach(attached -> attached.file.close());
  }
}
