package dev.sagitta.query.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.log.LogRecord;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.segment.GrowingSegment;
import dev.sagitta.engine.segment.Segment;
import dev.sagitta.engine.segment.SegmentView;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.StaleRouteException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/**
 * One vchannel that this node owns: the segments that searches see, and the deletes that files do
 * not have yet.
 *
 * <p>Each row is in exactly one segment, and a segment keeps its id and its row numbers for life;
 * so the handover from memory to files, or a release, is the exchange of one entry of an immutable
 * list. Two locks: the apply lock orders everything that changes rows or deletes, so that a segment
 * that comes from files misses no delete; the visibility lock lets a search take its views between
 * two changes that belong together, such as the two halves of an upsert.
 */
public final class VchannelState {
  private final String vchannel;
  private final long collectionId;
  private final long ownerEpoch;

  private final ReentrantLock applyLock = new ReentrantLock();
  private final ReentrantReadWriteLock visibility = new ReentrantReadWriteLock();

  /** Guarded by the apply lock. */
  private final VchannelChanges rowChanges = new VchannelChanges(visibility.writeLock());

  private final ChangeSignal changes = new ChangeSignal();
  private volatile Map<Long, ServedSegment> served = Map.of();
  private volatile CollectionSchema schema;

  /** Catalog that the schema is from; guarded by the apply lock. */
  private long schemaVersion;

  private volatile boolean closed;

  public VchannelState(VchannelDescriptor claimed, CollectionSchema schema) {
    this.vchannel = claimed.name();
    this.collectionId = claimed.collectionId();
    this.ownerEpoch = claimed.ownerEpoch();
    this.schema = requireNonNull(schema, "schema is null");
  }

  public String vchannel() {
    return vchannel;
  }

  public long collectionId() {
    return collectionId;
  }

  public long ownerEpoch() {
    return ownerEpoch;
  }

  public CollectionSchema schema() {
    return schema;
  }

  /**
   * Makes fields known that were added to the collection: on return all served segments have them,
   * and so have those that come later.
   *
   * @param catalogVersion version of the catalog with this schema; older schemas are ignored
   */
  public void updateSchema(CollectionSchema newSchema, long catalogVersion) {
    if (newSchema.equals(schema)) {
      return;
    }
    applyLock.lock();
    try {
      if (closed || catalogVersion < schemaVersion || newSchema.equals(schema)) {
        return;
      }
      for (ServedSegment entry : served.values()) {
        entry.segment().updateSchema(newSchema);
      }
      schema = newSchema;
      schemaVersion = catalogVersion;
    } finally {
      applyLock.unlock();
    }
  }

  /** The segments that searches see now. */
  public Collection<ServedSegment> servedSegments() {
    return served.values();
  }

  public Optional<ServedSegment> servedSegment(long segmentId) {
    return Optional.ofNullable(served.get(segmentId));
  }

  /** Makes sure that the partition has a growing segment; may wait for an id. */
  public void prepare(long partitionId, LongSupplier newSegmentId) {
    applyLock.lock();
    try {
      if (!rowChanges.lacksSegment(partitionId)) {
        return;
      }
    } finally {
      applyLock.unlock();
    }
    long segmentId = newSegmentId.getAsLong();
    applyLock.lock();
    try {
      GrowingSegment segment =
          new GrowingSegment(collectionId, segmentId, partitionId, vchannel, schema);
      if (closed || !rowChanges.lacksSegment(partitionId)) {
        segment.close();
      } else {
        rowChanges.add(segment);
        exchange(segment.id(), new ServedSegment(segment, ServedSegment.Origin.GROWING, Set.of()));
      }
    } finally {
      applyLock.unlock();
    }
  }

  /**
   * Applies a record; it is visible as a whole on return. Records come one at a time; {@link
   * #prepare} was called for the partition of its rows.
   */
  public void apply(LogRecord logRecord) {
    applyLock.lock();
    try {
      if (closed) {
        return;
      }
      rowChanges.apply(logRecord, served.values(), schema);
    } finally {
      applyLock.unlock();
    }
  }

  /** Whether the policy wants a growing segment sealed. */
  public boolean mustSeal(SealPolicy policy) {
    applyLock.lock();
    try {
      return rowChanges.mustSeal(policy);
    } finally {
      applyLock.unlock();
    }
  }

  /** Takes what is to be flushed, and ends the segments to be sealed: they get no more rows. */
  public FlushCut cut(SealPolicy policy) {
    applyLock.lock();
    try {
      FlushCut cut = rowChanges.cut(policy, schema);
      for (long segmentId : cut.sealedSegments()) {
        exchange(
            segmentId, served.get(segmentId).withOrigin(ServedSegment.Origin.SEALED_IN_MEMORY));
      }
      return cut;
    } finally {
      applyLock.unlock();
    }
  }

  /** The catalog has the flush. */
  public void committed(FlushCut cut) {
    applyLock.lock();
    try {
      rowChanges.deletes().flushed(cut.deletePosition());
    } finally {
      applyLock.unlock();
    }
  }

  /** Begins to load a segment: deletes are kept for it from now on. Ask the catalog after this. */
  public LoadTicket beginLoad() {
    applyLock.lock();
    try {
      return new LoadTicket(rowChanges.deletes().beginLoad());
    } finally {
      applyLock.unlock();
    }
  }

  public void endLoad(LoadTicket ticket) {
    applyLock.lock();
    try {
      rowChanges.deletes().endLoad(ticket.start());
    } finally {
      applyLock.unlock();
    }
  }

  /**
   * Applies the deletes that came since the load began and lets searches see the segment, instead
   * of the one in memory if there is one.
   *
   * @return false if the vchannel was closed meanwhile; the caller closes the segment then
   */
  public boolean publish(LoadTicket ticket, Segment segment, Set<Long> builds) {
    List<AppliedDelete> first;
    long position;
    applyLock.lock();
    try {
      position = rowChanges.deletes().end();
      first = rowChanges.deletes().range(ticket.start(), position);
    } finally {
      applyLock.unlock();
    }
    applyTo(segment, first);
    Segment replaced = null;
    applyLock.lock();
    try {
      if (closed) {
        return false;
      }
      applyTo(segment, rowChanges.deletes().range(position, rowChanges.deletes().end()));
      segment.updateSchema(schema);
      ServedSegment before =
          exchange(segment.id(), new ServedSegment(segment, ServedSegment.Origin.LOADED, builds));
      replaced = before == null ? null : before.segment();
    } finally {
      applyLock.unlock();
    }
    if (replaced != null) {
      replaced.close();
    }
    return true;
  }

  /** Says which index builds are attached now. */
  public void attached(long segmentId, Set<Long> builds) {
    applyLock.lock();
    try {
      ServedSegment entry = served.get(segmentId);
      if (entry != null) {
        exchange(segmentId, new ServedSegment(entry.segment(), entry.origin(), builds));
      }
    } finally {
      applyLock.unlock();
    }
  }

  /** Takes no more rows of the partition, which was dropped. */
  public void dropPartition(long partitionId) {
    applyLock.lock();
    try {
      rowChanges.dropPartition(partitionId);
    } finally {
      applyLock.unlock();
    }
    for (ServedSegment entry : served.values()) {
      if (entry.segment().partitionId() == partitionId) {
        drop(entry.id());
      }
    }
  }

  /** Serves the segment no more: it was released, or dropped. */
  public void drop(long segmentId) {
    ServedSegment dropped;
    applyLock.lock();
    try {
      dropped = exchange(segmentId, null);
      rowChanges.remove(segmentId);
    } finally {
      applyLock.unlock();
    }
    if (dropped != null) {
      dropped.segment().close();
    }
  }

  /**
   * Views of the segments of the partitions, all of one moment, to be closed by the caller.
   *
   * @param growing whether segments that still grow are wanted
   * @throws StaleRouteException if this node has given the vchannel up
   */
  public List<SegmentView> acquire(LongPredicate partitions, boolean growing) {
    List<SegmentView> views = new ArrayList<>();
    visibility.readLock().lock();
    try {
      if (closed) {
        throw new StaleRouteException("vchannel was given up: vchannel=" + vchannel);
      }
      for (ServedSegment entry : served.values()) {
        if (partitions.test(entry.segment().partitionId())
            && (growing || entry.origin() != ServedSegment.Origin.GROWING)) {
          views.add(entry.segment().acquire());
        }
      }
      return views;
    } catch (RuntimeException e) {
      views.forEach(SegmentView::close);
      throw e;
    } finally {
      visibility.readLock().unlock();
    }
  }

  /** A view of one segment; empty if it is not served. */
  public Optional<SegmentView> acquireSegment(long segmentId) {
    visibility.readLock().lock();
    try {
      return servedSegment(segmentId).map(entry -> entry.segment().acquire());
    } finally {
      visibility.readLock().unlock();
    }
  }

  /** Grows whenever another set of segments is served. */
  public long changeCount() {
    return changes.count();
  }

  /**
   * Waits until another set of segments is served.
   *
   * @param seen the count before which changes are known
   * @return false if the deadline passes first
   */
  public boolean awaitChange(long seen, Deadline deadline) {
    return changes.await(seen, deadline);
  }

  /** Whether this node has given the vchannel up. */
  public boolean isClosed() {
    return closed;
  }

  /** Gives the vchannel up; memory is freed when the last search has ended. */
  void close() {
    Map<Long, ServedSegment> last;
    applyLock.lock();
    visibility.writeLock().lock();
    try {
      closed = true;
      last = served;
      served = Map.of();
      rowChanges.clear();
    } finally {
      visibility.writeLock().unlock();
      applyLock.unlock();
    }
    changes.changed();
    last.values().forEach(entry -> entry.segment().close());
  }

  /** The keys whose older rows an upsert hides: those it names, else those of its rows. */
  public static PrimaryKeys replacedKeys(LogRecord.Upsert upsert, CollectionSchema schema) {
    return upsert.replaced().size() > 0
        ? upsert.replaced()
        : ColumnBatches.primaryKeys(upsert.rows().column(schema.primaryKey().id()));
  }

  private static void applyTo(Segment segment, List<AppliedDelete> deletes) {
    for (AppliedDelete delete : deletes) {
      if (delete.concerns(segment.partitionId())) {
        int _ = segment.delete(delete.keys(), delete.timestamp());
      }
    }
  }

  /** Puts, replaces or (null) removes an entry for all searches that begin later. */
  private ServedSegment exchange(long segmentId, ServedSegment entry) {
    Map<Long, ServedSegment> next = new LinkedHashMap<>(served);
    ServedSegment before = entry == null ? next.remove(segmentId) : next.put(segmentId, entry);
    visibility.writeLock().lock();
    try {
      served = next;
    } finally {
      visibility.writeLock().unlock();
    }
    changes.changed();
    return before;
  }
}
