package dev.sagitta.query.load;

import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.segment.SealedSegment;
import dev.sagitta.engine.segment.Segment;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.query.cache.CachedFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sealed segment together with the files of the cache that it uses. */
final class FileBackedSegment implements Segment {
  private final SealedSegment segment;
  private final List<CachedFile> files;

  /** Index file by field; guarded by this. */
  private final Map<Long, CachedFile> indexFiles = new HashMap<>();

  private boolean closed;

  FileBackedSegment(SealedSegment segment, List<CachedFile> files) {
    this.segment = segment;
    this.files = List.copyOf(files);
  }

  /** Takes the file over if it returns normally. */
  synchronized void attachIndex(
      long fieldId, MetricType metric, VectorIndexType type, CachedFile file, long buildId)
      throws IOException {
    segment.attachIndex(fieldId, metric, type, file.path(), buildId);
    CachedFile replaced = indexFiles.put(fieldId, file);
    if (replaced != null) {
      replaced.close();
    }
    if (closed) {
      file.close();
    }
  }

  /** Detaches the indexes of all other fields. */
  synchronized void detachOthers(Set<Long> fieldIds) {
    Iterator<Map.Entry<Long, CachedFile>> attached = indexFiles.entrySet().iterator();
    while (attached.hasNext()) {
      Map.Entry<Long, CachedFile> entry = attached.next();
      if (!fieldIds.contains(entry.getKey())) {
        segment.detachIndex(entry.getKey());
        entry.getValue().close();
        attached.remove();
      }
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
    indexFiles.values().forEach(CachedFile::close);
  }
}
