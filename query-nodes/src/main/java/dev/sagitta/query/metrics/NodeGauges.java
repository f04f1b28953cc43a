package dev.sagitta.query.metrics;

import dev.sagitta.engine.metrics.Labels;
import dev.sagitta.engine.metrics.MetricRegistry;
import dev.sagitta.query.cache.SegmentFileCache;
import dev.sagitta.query.segment.SegmentHolder;
import dev.sagitta.query.segment.ServedSegment;
import dev.sagitta.query.segment.VchannelState;
import java.util.stream.Stream;

/** What this node serves and holds on its disk, as gauges with Milvus's names. */
public final class NodeGauges {
  private NodeGauges() {}

  public static void register(
      MetricRegistry registry, SegmentHolder holder, SegmentFileCache cache) {
    for (ServedSegment.Origin origin : ServedSegment.Origin.values()) {
      Labels labels = Labels.of("segment_state", stateName(origin));
      registry.gauge(
          "milvus_querynode_segment_num",
          "Segments that this node serves",
          labels,
          () -> segments(holder, origin).count());
      registry.gauge(
          "milvus_querynode_entity_num",
          "Rows that this node serves, deleted ones included",
          labels,
          () -> segments(holder, origin).mapToLong(served -> served.segment().rowCount()).sum());
    }
    registry.gauge(
        "milvus_querynode_dml_vchannel_num",
        "Vchannels that this node owns",
        Labels.NONE,
        () -> holder.states().size());
    registry.gauge(
        "milvus_querynode_disk_used_size",
        "Bytes of cached segment files on the local disk",
        Labels.NONE,
        cache::usedBytes);
  }

  private static String stateName(ServedSegment.Origin origin) {
    return switch (origin) {
      case GROWING -> "Growing";
      case SEALED_IN_MEMORY -> "SealedInMemory";
      case LOADED -> "Sealed";
    };
  }

  private static Stream<ServedSegment> segments(SegmentHolder holder, ServedSegment.Origin origin) {
    return holder.states().stream()
        .map(VchannelState::servedSegments)
        .flatMap(served -> served.stream())
        .filter(served -> served.origin() == origin);
  }
}
