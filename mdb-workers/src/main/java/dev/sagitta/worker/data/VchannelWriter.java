package dev.sagitta.worker.data;

import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.engine.log.LogHeader;
import dev.sagitta.engine.log.LogRecord;
import dev.sagitta.query.barrier.Barrier;
import dev.sagitta.query.segment.FlushCut;
import dev.sagitta.query.segment.SealPolicy;
import dev.sagitta.query.segment.VchannelState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Applies one vchannel for one session and flushes it. Records come on the delivery thread; at most
 * one flush runs at a time, on another thread, while records go on to be applied up to a bound.
 *
 * <p>A flush covers a prefix of the log: under one lock it takes the rows and deletes of the
 * records so far and remembers these records; when the catalog has the flush, exactly they are
 * acknowledged. A checkpoint in the same commit tells the next owner which records of that prefix
 * to skip, should the acknowledgement get lost.
 */
final class VchannelWriter {
  private final VchannelState state;
  private final WalDelivery delivery;
  private final SessionLife life;
  private final VchannelFlusher flusher;
  private final DataWorkerServices services;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition flushEnded = lock.newCondition();
  private final OutstandingRecords outstanding = new OutstandingRecords();
  private final Map<String, Long> appliedSequences;
  private List<Barrier> flushBarriers = new ArrayList<>();
  private boolean flushing;
  private boolean flushWanted;
  private boolean sealWanted;
  private boolean collectionGone;
  private long truncatedTimestamp;
  private long oldestUnflushedNanos;
  private long bytesSinceCut;
  private boolean unflushed;

  /**
   * @param truncatedTimestamp last truncation that was known when the vchannel was claimed
   */
  VchannelWriter(
      VchannelState state,
      Map<String, Long> checkpoint,
      long truncatedTimestamp,
      WalDelivery delivery,
      SessionLife life,
      DataWorkerServices services) {
    this.state = state;
    this.appliedSequences = new HashMap<>(checkpoint);
    this.truncatedTimestamp = truncatedTimestamp;
    this.delivery = delivery;
    this.life = life;
    this.services = services;
    this.flusher = new VchannelFlusher(state, life, services);
  }

  VchannelState state() {
    return state;
  }

  /** Whether the record was applied before: here, or by an owner that flushed it. */
  boolean isDuplicate(LogHeader header) {
    return header.sequence() <= appliedSequences.getOrDefault(header.producer(), Long.MIN_VALUE);
  }

  /** Applies a record; its rows are searchable on return. */
  void apply(WalRecord walRecord, LogRecord logRecord) {
    awaitRoom();
    switch (logRecord) {
      case LogRecord.Insert insert -> prepare(insert.partitionId());
      case LogRecord.Upsert upsert -> prepare(upsert.partitionId());
      case LogRecord.Delete _ -> {}
    }
    boolean full;
    lock.lock();
    try {
      LogHeader header = logRecord.header();
      if (collectionGone) {
        outstanding.addDone(walRecord, Optional.of(header));
        return;
      }
      state.apply(logRecord);
      appliedSequences.merge(header.producer(), header.sequence(), Math::max);
      outstanding.addApplied(walRecord, header);
      noteUnflushed();
      bytesSinceCut += walRecord.size();
      full = bytesSinceCut >= services.settings().insertBufferBytes();
    } finally {
      lock.unlock();
    }
    if (full || state.mustSeal(policy())) {
      requestFlush();
    }
  }

  /** Takes a record with nothing to apply, to be acknowledged behind those before it. */
  void pass(WalRecord walRecord, Optional<LogHeader> header) {
    lock.lock();
    try {
      outstanding.addDone(walRecord, header);
      noteUnflushed();
    } finally {
      lock.unlock();
    }
  }

  /** Acknowledges what only waited, if nothing before it has to be flushed. */
  void acknowledgeDone() {
    lock.lock();
    try {
      if (!flushing) {
        acknowledgeDoneLocked();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Flushes and seals everything applied so far, then answers the barrier. */
  void flushFor(Barrier barrier) {
    lock.lock();
    try {
      flushBarriers.add(barrier);
      sealWanted = true;
    } finally {
      lock.unlock();
    }
    requestFlush();
  }

  /** Begins a flush unless one runs; then another one follows. */
  void requestFlush() {
    lock.lock();
    try {
      flushWanted = true;
      if (flushing || collectionGone) {
        return;
      }
      flushing = true;
    } finally {
      lock.unlock();
    }
    services.flushExecutor().execute(this::flushWhileWanted);
  }

  /** Seals what holds truncated rows, so that it can be removed as a whole. */
  void truncated(long newTruncatedTimestamp) {
    lock.lock();
    try {
      if (newTruncatedTimestamp <= truncatedTimestamp) {
        return;
      }
      truncatedTimestamp = newTruncatedTimestamp;
      sealWanted = true;
    } finally {
      lock.unlock();
    }
    requestFlush();
  }

  /** Flushes what has become old and seals what gets no more rows. */
  void tick() {
    boolean old;
    lock.lock();
    try {
      old =
          unflushed
              && System.nanoTime() - oldestUnflushedNanos
                  >= services.settings().syncPeriod().toNanos();
    } finally {
      lock.unlock();
    }
    if (old || state.mustSeal(policy())) {
      requestFlush();
    }
  }

  /** The collection was dropped: its records are done with. */
  void collectionDropped() {
    services.holder().release(state);
    lock.lock();
    try {
      collectionGone = true;
      flushEnded.signalAll();
      if (!flushing) {
        acknowledgeDoneLocked();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The session has ended: wakes who waits. */
  void sessionEnded() {
    services.holder().release(state);
    lock.lock();
    try {
      flushEnded.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int outstandingRecords() {
    lock.lock();
    try {
      return outstanding.size();
    } finally {
      lock.unlock();
    }
  }

  long unflushedBytes() {
    lock.lock();
    try {
      return outstanding.bytes();
    } finally {
      lock.unlock();
    }
  }

  /** Whether everything taken so far is flushed and acknowledged. */
  boolean idle() {
    lock.lock();
    try {
      return !flushing && outstanding.size() == 0;
    } finally {
      lock.unlock();
    }
  }

  private void prepare(long partitionId) {
    life.retry(
        "allocate segment",
        () -> {
          state.prepare(partitionId, flusher::newId);
          return null;
        },
        _ -> false);
  }

  private SealPolicy policy() {
    return new SealPolicy(false, services.settings().sealBytes(), services.settings().idleTime());
  }

  private void noteUnflushed() {
    if (!unflushed) {
      unflushed = true;
      oldestUnflushedNanos = System.nanoTime();
    }
  }

  private void awaitRoom() {
    lock.lock();
    try {
      while (flushing && outstanding.bytes() >= services.settings().blockingBufferBytes()) {
        life.requireAlive();
        boolean _ = flushEnded.await(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SessionEndedException(delivery.sessionId());
    } finally {
      lock.unlock();
    }
    life.requireAlive();
  }

  private void flushWhileWanted() {
    while (true) {
      FlushCut cut;
      OutstandingRecords.Prefix covered;
      List<Barrier> barriers;
      lock.lock();
      try {
        if (!flushWanted || collectionGone || !life.alive()) {
          endFlushing();
          return;
        }
        flushWanted = false;
        cut = state.cut(sealWanted ? policy().sealingAll() : policy());
        sealWanted = false;
        covered = outstanding.all();
        unflushed = false;
        bytesSinceCut = 0;
        barriers = flushBarriers;
        flushBarriers = new ArrayList<>();
      } finally {
        lock.unlock();
      }
      flush(cut, covered, barriers);
    }
  }

  private void flush(FlushCut cut, OutstandingRecords.Prefix covered, List<Barrier> barriers) {
    try {
      if (!flusher.flush(cut, covered.checkpoint())) {
        collectionDropped();
        barriers.forEach(services.responder()::dropped);
        return;
      }
      if (!covered.records().isEmpty()) {
        delivery.acknowledge(covered.records());
      }
      lock.lock();
      try {
        outstanding.remove(covered);
        flushEnded.signalAll();
      } finally {
        lock.unlock();
      }
      barriers.forEach(services.responder()::reached);
    } catch (SessionEndedException e) {
      life.end();
    } catch (RuntimeException e) {
      life.end();
      delivery.abandon("flush failed: vchannel=" + state.vchannel() + " reason=" + e.getMessage());
    }
  }

  private void endFlushing() {
    flushing = false;
    flushEnded.signalAll();
    if (life.alive()) {
      acknowledgeDoneLocked();
    }
  }

  /** Guarded by the lock and while no flush runs, so that acknowledgements keep their order. */
  private void acknowledgeDoneLocked() {
    if (outstanding.size() > 0 && (collectionGone || !outstanding.hasApplied())) {
      OutstandingRecords.Prefix done = outstanding.all();
      delivery.acknowledge(done.records());
      outstanding.remove(done);
      unflushed = false;
      flushBarriers.forEach(services.responder()::dropped);
      flushBarriers.clear();
    }
  }
}
