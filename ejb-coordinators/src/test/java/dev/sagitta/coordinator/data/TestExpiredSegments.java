package dev.sagitta.coordinator.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.time.Timestamps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which segments go because all their rows have expired. */
final class TestExpiredSegments {
  private static final String VCHANNEL = "p_10v0";
  private static final long NOW = 1_000_000;

  /** Segment 1 is old, segment 2 half old, segment 3 old but growing. */
  private final CatalogSnapshot snapshot =
      collection()
          .apply(new CatalogChange.VchannelClaimed(VCHANNEL, "a", 1))
          .apply(flush(1, 900_000, 930_000, true))
          .apply(flush(2, 900_000, 950_000, true))
          .apply(flush(3, 900_000, 920_000, false));

  @Test
  void nothingExpiresWithoutALimit() {
    assertThat(ExpiredSegments.removals(snapshot, NOW)).isEmpty();
    assertThat(ExpiredSegments.removals(withTtl("0"), NOW)).isEmpty();
    assertThat(ExpiredSegments.removals(withTtl("-1"), NOW)).isEmpty();
  }

  @Test
  void completeSegmentsGoWhenTheirYoungestRowIsTooOld() {
    assertThat(ExpiredSegments.removals(withTtl("71"), NOW)).isEmpty();
    assertThat(ExpiredSegments.removals(withTtl("60"), NOW))
        .containsExactly(new CatalogChange.SegmentsDropped(10, Set.of(1L)));
    assertThat(ExpiredSegments.removals(withTtl("60"), NOW + 20_000))
        .containsExactly(new CatalogChange.SegmentsDropped(10, Set.of(1L, 2L)));
  }

  @Test
  void segmentsThatWereGrowingWhenTheCollectionWasTruncatedGoWhenTheyAreComplete() {
    CatalogSnapshot truncated =
        snapshot.apply(new CatalogChange.CollectionTruncated(10, Timestamps.compose(990_000, 0)));
    assertThat(truncated.segmentsOf(10)).containsOnlyKeys(3L);
    assertThat(ExpiredSegments.removals(truncated, NOW)).isEmpty();
    CatalogSnapshot sealed = truncated.apply(new CatalogChange.VchannelClaimed(VCHANNEL, "b", 2));
    assertThat(ExpiredSegments.removals(sealed, NOW))
        .containsExactly(new CatalogChange.SegmentsDropped(10, Set.of(3L)));
  }

  private CatalogSnapshot withTtl(String seconds) {
    return snapshot.apply(
        new CatalogChange.CollectionPropertiesSet(
            10, Map.of(CollectionDescriptor.TTL_PROPERTY, seconds), Set.of(), 5));
  }

  private static CatalogChange flush(
      long segmentId, long firstMillis, long lastMillis, boolean sealed) {
    ChunkDescriptor chunk =
        new ChunkDescriptor(
            0,
            50,
            1000,
            Timestamps.compose(firstMillis, 0),
            Timestamps.compose(lastMillis, 0),
            List.of(100L));
    return new CatalogChange.VchannelFlushed(
        VCHANNEL,
        1,
        Map.of(),
        List.of(new CatalogChange.FlushedChunk(segmentId, 20, chunk)),
        List.of(),
        sealed ? Set.of(segmentId) : Set.of());
  }

  private static CatalogSnapshot collection() {
    CollectionSchema schema =
        new CollectionSchema(
            "c", "", List.of(FieldSchema.of(100, "id", DataType.INT64).asPrimaryKey(false)), false);
    return CatalogSnapshot.empty()
        .apply(
            new CatalogChange.CollectionCreated(
                new CollectionDescriptor(
                    10,
                    1,
                    "c",
                    schema,
                    List.of(VCHANNEL),
                    ConsistencyLevel.BOUNDED,
                    Map.of(),
                    List.of(new PartitionDescriptor(20, PartitionDescriptor.DEFAULT_NAME, 0)),
                    List.of(),
                    false,
                    Set.of(),
                    0,
                    0),
                List.of(
                    new VchannelDescriptor(VCHANNEL, "p", 10, 0, Optional.empty(), 0, Map.of()))));
  }
}
