package dev.sagitta.worker.data;

import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.coordinator.data.OwnershipLostException;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.log.LogHeader;
import dev.sagitta.engine.log.LogRecord;
import dev.sagitta.engine.log.LogRecordCodec;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.barrier.Barrier;
import dev.sagitta.query.barrier.BarrierKind;
import dev.sagitta.query.segment.VchannelState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One consumer session of the log and the vchannels that it serves. A vchannel is claimed on its
 * first record or barrier; from then on this session is its only writer, until it ends.
 */
final class DeliverySession {
  private static final Logger LOGGER = System.getLogger(DeliverySession.class.getName());
  private static final Duration COORDINATOR_TIMEOUT = Duration.ofSeconds(10);

  private final WalDelivery delivery;
  private final DataWorkerServices services;
  private final SessionLife life;
  private final Quarantine quarantine;

  /** Writer by vchannel; empty for vchannels of dropped collections. */
  private final ConcurrentHashMap<String, Optional<VchannelWriter>> writers =
      new ConcurrentHashMap<>();

  /** Records of dropped collections in the batch; touched by the delivery thread only. */
  private final List<WalRecord> done = new ArrayList<>();

  DeliverySession(WalDelivery delivery, DataWorkerServices services) {
    this.delivery = delivery;
    this.services = services;
    this.life = new SessionLife(delivery);
    this.quarantine = new Quarantine(services.store());
  }

  boolean alive() {
    return life.alive();
  }

  /** Takes a batch; returns early when the session ends meanwhile. */
  void accept(List<WalRecord> batch) {
    try {
      for (WalRecord walRecord : batch) {
        life.requireAlive();
        if (walRecord.barrier()) {
          acceptBarrier(walRecord);
        } else {
          acceptRecord(walRecord);
        }
      }
      acknowledgeDone();
      flushIfLarge();
    } catch (SessionEndedException e) {
      LOGGER.log(Level.DEBUG, "batch left: session={0}", delivery.sessionId());
    } catch (OwnershipLostException e) {
      life.end();
      delivery.abandon(e.getMessage());
    }
  }

  /** Flushes what is old, forgets what was dropped. */
  void tick() {
    CatalogSnapshot snapshot = services.catalog().current();
    for (VchannelWriter writer : writers()) {
      if (snapshot.vchannel(writer.state().vchannel()).isEmpty()) {
        forget(writer.state().vchannel(), writer);
      } else if (life.alive()) {
        snapshot
            .collection(writer.state().collectionId())
            .ifPresent(collection -> writer.truncated(collection.truncatedTimestamp()));
        writer.tick();
      }
    }
    writers
        .entrySet()
        .removeIf(
            entry ->
                entry.getValue().isEmpty() && !snapshot.vchannels().containsKey(entry.getKey()));
  }

  /** Begins to flush everything. */
  void requestFlush() {
    writers().forEach(VchannelWriter::requestFlush);
  }

  /** Whether nothing is unflushed. */
  boolean idle() {
    return writers().stream().allMatch(VchannelWriter::idle);
  }

  /** Ends all attempts; the rows can still be read until the session ends. */
  void giveUp() {
    life.end();
  }

  /** Drops the growing rows of all its vchannels; the next owner replays them. */
  void end() {
    life.end();
    writers().forEach(VchannelWriter::sessionEnded);
    writers.clear();
  }

  private void acknowledgeDone() {
    writers().forEach(VchannelWriter::acknowledgeDone);
    if (!done.isEmpty()) {
      delivery.acknowledge(done);
      done.clear();
    }
  }

  private List<VchannelWriter> writers() {
    return writers.values().stream().flatMap(Optional::stream).toList();
  }

  private void acceptBarrier(WalRecord walRecord) {
    Barrier barrier;
    try {
      barrier = Barrier.decode(walRecord.body());
    } catch (IllegalArgumentException e) {
      LOGGER.log(
          Level.WARNING,
          "unreadable barrier ignored: vchannel={0} reason={1}",
          walRecord.vchannel(),
          e.getMessage());
      return;
    }
    Optional<VchannelWriter> writer = writer(walRecord.vchannel());
    if (writer.isEmpty()) {
      services.responder().dropped(barrier);
    } else if (barrier.kind() == BarrierKind.FLUSH) {
      writer.get().flushFor(barrier);
    } else {
      services.responder().reached(barrier);
    }
  }

  private void acceptRecord(WalRecord walRecord) {
    Optional<VchannelWriter> found = writer(walRecord.vchannel());
    if (found.isEmpty()) {
      done.add(walRecord);
      return;
    }
    VchannelWriter writer = found.get();
    LogRecord logRecord;
    try {
      logRecord = LogRecordCodec.decode(walRecord.body());
    } catch (RuntimeException e) {
      quarantine(writer, walRecord, Optional.empty(), e);
      return;
    }
    LogHeader header = logRecord.header();
    if (writer.isDuplicate(header)) {
      writer.pass(walRecord, Optional.of(header));
      return;
    }
    CatalogSnapshot snapshot =
        life.retry(
            "await catalog version=" + header.catalogVersion(),
            () ->
                services
                    .catalog()
                    .awaitVersion(header.catalogVersion(), Deadline.after(COORDINATOR_TIMEOUT)),
            _ -> false);
    Optional<CollectionDescriptor> collection = snapshot.collection(header.collectionId());
    if (collection.isEmpty() || snapshot.vchannel(walRecord.vchannel()).isEmpty()) {
      forget(walRecord.vchannel(), writer);
      done.add(walRecord);
    } else if (header.timestamp() <= collection.get().truncatedTimestamp()) {
      writer.pass(walRecord, Optional.of(header));
    } else {
      writer.state().updateSchema(collection.get().schema(), snapshot.version());
      applyWhatRemains(writer, walRecord, logRecord, collection.get());
    }
  }

  /** Rows of a dropped partition went with it; what an upsert replaced elsewhere goes too. */
  private void applyWhatRemains(
      VchannelWriter writer,
      WalRecord walRecord,
      LogRecord logRecord,
      CollectionDescriptor collection) {
    if (!isForDroppedPartition(logRecord, collection)) {
      apply(writer, walRecord, logRecord);
    } else if (logRecord instanceof LogRecord.Upsert upsert) {
      LogRecord.Delete replaced =
          new LogRecord.Delete(
              upsert.header(),
              LogRecord.ALL_PARTITIONS,
              VchannelState.replacedKeys(upsert, collection.schema()));
      apply(writer, walRecord, replaced);
    } else {
      writer.pass(walRecord, Optional.of(logRecord.header()));
    }
  }

  private void apply(VchannelWriter writer, WalRecord walRecord, LogRecord logRecord) {
    try {
      writer.apply(walRecord, logRecord);
    } catch (SessionEndedException e) {
      throw e;
    } catch (RuntimeException e) {
      quarantine(writer, walRecord, Optional.of(logRecord.header()), e);
    }
  }

  private void quarantine(
      VchannelWriter writer,
      WalRecord walRecord,
      Optional<LogHeader> header,
      RuntimeException reason) {
    life.retry(
        "quarantine",
        () -> {
          quarantine.put(walRecord, reason.toString());
          return null;
        },
        _ -> false);
    writer.pass(walRecord, header);
  }

  private static boolean isForDroppedPartition(
      LogRecord logRecord, CollectionDescriptor collection) {
    long partitionId =
        switch (logRecord) {
          case LogRecord.Insert insert -> insert.partitionId();
          case LogRecord.Upsert upsert -> upsert.partitionId();
          case LogRecord.Delete delete -> delete.partitionId();
        };
    return partitionId != LogRecord.ALL_PARTITIONS && collection.partition(partitionId).isEmpty();
  }

  private Optional<VchannelWriter> writer(String vchannel) {
    Optional<VchannelWriter> writer = writers.get(vchannel);
    if (writer == null) {
      writer = claim(vchannel);
      writers.put(vchannel, writer);
      if (!life.alive()) {
        writer.ifPresent(VchannelWriter::sessionEnded);
        throw new SessionEndedException(delivery.sessionId());
      }
    }
    return writer;
  }

  private Optional<VchannelWriter> claim(String vchannel) {
    VchannelDescriptor claimed;
    try {
      claimed =
          life.retry(
              "claim vchannel=" + vchannel,
              () ->
                  services
                      .dataCoordinator()
                      .claim(vchannel, services.nodeId(), Deadline.after(COORDINATOR_TIMEOUT)),
              DeliverySession::isCollectionNotFound);
    } catch (SagittaException e) {
      LOGGER.log(Level.INFO, "vchannel of a dropped collection: vchannel={0}", vchannel);
      return Optional.empty();
    }
    Optional<CollectionDescriptor> collection =
        services.catalog().current().collection(claimed.collectionId());
    if (collection.isEmpty()) {
      return Optional.empty();
    }
    LOGGER.log(
        Level.INFO,
        "vchannel claimed: vchannel={0} ownerEpoch={1} session={2}",
        vchannel,
        claimed.ownerEpoch(),
        delivery.sessionId());
    return Optional.of(
        new VchannelWriter(
            services.holder().claimed(claimed, collection.get().schema()),
            claimed.checkpoint(),
            collection.get().truncatedTimestamp(),
            delivery,
            life,
            services));
  }

  private void forget(String vchannel, VchannelWriter writer) {
    writers.put(vchannel, Optional.empty());
    writer.collectionDropped();
  }

  /** Keeps the session's unflushed bytes and unacknowledged records below their bounds. */
  private void flushIfLarge() {
    List<VchannelWriter> open = new ArrayList<>(writers());
    long bytes = open.stream().mapToLong(VchannelWriter::unflushedBytes).sum();
    long records = open.stream().mapToLong(VchannelWriter::outstandingRecords).sum();
    DataWorkerSettings settings = services.settings();
    if (bytes < settings.sessionBufferBytes() && records < settings.sessionRecords()) {
      return;
    }
    open.sort(Comparator.comparingLong(VchannelWriter::unflushedBytes).reversed());
    for (VchannelWriter writer : open) {
      if (bytes < settings.sessionBufferBytes() / 2 && records < settings.sessionRecords() / 2) {
        return;
      }
      bytes -= writer.unflushedBytes();
      records -= writer.outstandingRecords();
      writer.requestFlush();
    }
  }

  private static boolean isCollectionNotFound(RuntimeException failure) {
    return failure instanceof SagittaException sagitta
        && sagitta.errorCode() == ErrorCode.COLLECTION_NOT_FOUND;
  }
}
