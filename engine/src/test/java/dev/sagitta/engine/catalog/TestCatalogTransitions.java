package dev.sagitta.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Timestamps;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each change's effect and preconditions, and what holds in every reachable snapshot. */
final class TestCatalogTransitions {
  private static final String VCHANNEL = "sagitta-dml_0_10v0";

  private final CatalogSnapshot base = withCollection(CatalogSnapshot.empty(), 10, "books");

  @Test
  void invariantsHoldInRandomHistories() {
    for (long seed = 0; seed < 60; seed++) {
      RandomCatalog changes = new RandomCatalog(new Random(seed));
      CatalogSnapshot snapshot = CatalogSnapshot.empty();
      for (int i = 0; i < 120; i++) {
        CatalogChange change = changes.change(snapshot);
        try {
          snapshot = snapshot.apply(change);
        } catch (CatalogConflictException e) {
          assertThat(e).hasMessageContaining("change=");
        }
        checkInvariants(snapshot, "seed=" + seed + " step=" + i + " change=" + change);
      }
    }
  }

  private static void checkInvariants(CatalogSnapshot snapshot, String at) {
    Set<String> names = new HashSet<>();
    for (CollectionDescriptor collection : snapshot.collections().values()) {
      assertThat(names.add(collection.databaseId() + "/" + collection.name())).as(at).isTrue();
      assertThat(snapshot.databases()).as(at).containsKey(collection.databaseId());
      assertThat(collection.partitionIds()).as(at).containsAll(collection.loadedPartitions());
      if (collection.loaded()) {
        assertThat(collection.loadedPartitions()).as(at).isEqualTo(collection.partitionIds());
      }
      assertThat(snapshot.vchannels()).as(at).containsKeys(vchannels(collection));
    }
    for (AliasDescriptor alias : snapshot.aliases()) {
      assertThat(names.add(alias.databaseId() + "/" + alias.alias())).as(at).isTrue();
      assertThat(snapshot.collections().get(alias.collectionId()).databaseId())
          .as(at)
          .isEqualTo(alias.databaseId());
    }
    snapshot
        .vchannels()
        .values()
        .forEach(
            vchannel ->
                assertThat(snapshot.collections()).as(at).containsKey(vchannel.collectionId()));
    snapshot.segments().forEach((id, segments) -> checkSegments(snapshot, id, segments, at));
  }

  private static String[] vchannels(CollectionDescriptor collection) {
    return collection.vchannels().toArray(new String[0]);
  }

  private static void checkSegments(
      CatalogSnapshot snapshot, long id, Map<Long, SegmentDescriptor> segments, String at) {
    CollectionDescriptor collection = snapshot.collections().get(id);
    assertThat(collection).as(at).isNotNull();
    assertThat(segments).as(at).isNotEmpty();
    for (SegmentDescriptor segment : segments.values()) {
      assertThat(collection.partitionIds()).as(at).contains(segment.partitionId());
      assertThat(collection.vchannels()).as(at).contains(segment.vchannel());
      for (int i = 0; i < segment.chunks().size(); i++) {
        assertThat(segment.chunks().get(i).number()).as(at).isEqualTo(i);
      }
      assertThat(segment.indexes().stream().map(SegmentIndexDescriptor::indexId))
          .as(at)
          .doesNotHaveDuplicates()
          .isSubsetOf(collection.indexes().stream().map(IndexDescriptor::id).toList());
    }
  }

  @Test
  void epochsComeOneByOneAndBoundsGrow() {
    CatalogSnapshot led = base.apply(new CatalogChange.EpochStarted(1, "a"));
    assertThat(led.leaderNodeId()).contains("a");
    refused(led, new CatalogChange.EpochStarted(1, "b"), "epoch is not the next one");
    refused(led, new CatalogChange.EpochStarted(3, "b"), "epoch is not the next one");
    CatalogSnapshot raised = led.apply(new CatalogChange.TimestampBoundRaised(5));
    assertThat(raised.timestampBound()).isEqualTo(5);
    refused(raised, new CatalogChange.TimestampBoundRaised(5), "bound is not larger");
  }

  @Test
  void databasesAreDroppedEmptyOnly() {
    CatalogSnapshot created =
        base.apply(new CatalogChange.DatabaseCreated(new DatabaseDescriptor(2, "d", 0, Map.of())));
    refused(
        created,
        new CatalogChange.DatabaseCreated(new DatabaseDescriptor(3, "d", 0, Map.of())),
        "name is taken");
    refused(created, new CatalogChange.DatabaseDropped(1), "default");
    refused(created, new CatalogChange.DatabaseDropped(9), "does not exist");
    CatalogSnapshot moved = created.apply(new CatalogChange.CollectionRenamed(10, 2, "books", 7));
    refused(moved, new CatalogChange.DatabaseDropped(2), "holds collections");
    assertThat(created.apply(new CatalogChange.DatabaseDropped(2)).database("d")).isEmpty();
  }

  @Test
  void namesAndAliasesShareOneNameSpace() {
    CatalogSnapshot aliased =
        base.apply(new CatalogChange.AliasSet(new AliasDescriptor(1, "library", 10)));
    assertThat(aliased.collection(1, "library").orElseThrow().id()).isEqualTo(10);
    assertThatThrownBy(() -> withCollection(aliased, 11, "library"))
        .isInstanceOf(CatalogConflictException.class)
        .hasMessageContaining("name is taken");
    refused(
        aliased,
        new CatalogChange.AliasSet(new AliasDescriptor(1, "books", 10)),
        "alias is a collection's name");
    refused(aliased, new CatalogChange.AliasDropped(1, "books"), "does not exist");
    CatalogSnapshot dropped = aliased.apply(new CatalogChange.CollectionDropped(10));
    assertThat(dropped.aliases()).isEmpty();
    assertThat(dropped.vchannels()).isEmpty();
  }

  @Test
  void loadedCollectionsServeLaterPartitionsToo() {
    CatalogSnapshot loaded = base.apply(new CatalogChange.LoadChanged(10, true, Set.of()));
    assertThat(loaded.collections().get(10L).loadedPartitions()).containsExactly(20L);
    CatalogSnapshot grown =
        loaded.apply(
            new CatalogChange.PartitionCreated(10, new PartitionDescriptor(21, "more", 0)));
    assertThat(grown.collections().get(10L).loadedPartitions()).containsExactlyInAnyOrder(20L, 21L);
    refused(grown, new CatalogChange.LoadChanged(10, false, Set.of(99L)), "does not exist");
  }

  @Test
  void aNewOwnerFencesTheOldOneAndSealsWhatItLeft() {
    CatalogSnapshot flushed =
        base.apply(new CatalogChange.VchannelClaimed(VCHANNEL, "a", 1))
            .apply(flush(1, 0, 30, 20, Set.of()));
    assertThat(segment(flushed, 30).state()).isEqualTo(SegmentState.GROWING);
    assertThat(flushed.vchannels().get(VCHANNEL).checkpoint()).containsEntry("p", 100L);
    CatalogSnapshot claimed = flushed.apply(new CatalogChange.VchannelClaimed(VCHANNEL, "b", 2));
    assertThat(segment(claimed, 30).state()).isEqualTo(SegmentState.SEALED);
    refused(claimed, flush(1, 1, 30, 20, Set.of()), "owner epoch is another one");
    refused(claimed, flush(2, 1, 30, 20, Set.of()), "segment is sealed");
    refused(claimed, new CatalogChange.VchannelClaimed(VCHANNEL, "c", 2), "not the next");
  }

  @Test
  void aFlushIsAppliedOnceAndAsAWhole() {
    CatalogSnapshot claimed = base.apply(new CatalogChange.VchannelClaimed(VCHANNEL, "a", 1));
    CatalogSnapshot flushed = claimed.apply(flush(1, 0, 30, 20, Set.of(30L)));
    assertThat(segment(flushed, 30).state()).isEqualTo(SegmentState.SEALED);
    assertThat(segment(flushed, 30).rowCount()).isEqualTo(50);
    refused(claimed, flush(1, 1, 30, 20, Set.of()), "chunk is not the next one");
    // The partition is gone, and the rows went with it: nothing remains but the checkpoint.
    CatalogSnapshot orphaned = claimed.apply(flush(1, 0, 31, 99, Set.of(31L)));
    assertThat(orphaned.segmentsOf(10)).isEmpty();
    assertThat(orphaned.vchannels().get(VCHANNEL).checkpoint()).containsEntry("p", 100L);
  }

  @Test
  void buildsAreRecordedOnceAndOnlyWhileWanted() {
    IndexDescriptor index =
        new IndexDescriptor(
            40, 101, "v", "HNSW", "HNSW", Optional.of(MetricType.L2), Map.of(), Map.of(), 0);
    CatalogSnapshot wanted =
        base.apply(new CatalogChange.VchannelClaimed(VCHANNEL, "a", 1))
            .apply(flush(1, 0, 30, 20, Set.of(30L)))
            .apply(new CatalogChange.IndexCreated(10, index));
    CatalogChange built =
        new CatalogChange.SegmentIndexed(
            10, 30, new SegmentIndexDescriptor(40, 101, 50, Optional.of("f"), 1, Optional.empty()));
    CatalogSnapshot indexed = wanted.apply(built);
    assertThat(segment(indexed, 30).index(40).orElseThrow().buildId()).isEqualTo(50);
    assertThat(indexed.apply(built)).isEqualTo(indexed);
    refused(indexed, new CatalogChange.IndexCreated(10, index), "field has an index");
    CatalogSnapshot dropped = indexed.apply(new CatalogChange.IndexDropped(10, 40));
    assertThat(segment(dropped, 30).indexes()).isEmpty();
    assertThat(dropped.apply(built)).isEqualTo(dropped);
  }

  @Test
  void droppingAPartitionTakesItsSegments() {
    CatalogSnapshot flushed =
        base.apply(new CatalogChange.VchannelClaimed(VCHANNEL, "a", 1))
            .apply(flush(1, 0, 30, 20, Set.of()));
    CatalogSnapshot dropped = flushed.apply(new CatalogChange.PartitionDropped(10, 20));
    assertThat(dropped.segments()).isEmpty();
    refused(dropped, new CatalogChange.PartitionDropped(10, 20), "does not exist");
    assertThat(flushed.apply(new CatalogChange.SegmentsDropped(10, Set.of(30L, 31L))).segments())
        .isEmpty();
  }

  @Test
  void fieldsComeButNeverGo() {
    CollectionSchema schema = base.collections().get(10L).schema();
    FieldSchema added = FieldSchema.of(102, "note", DataType.VARCHAR).asNullable();
    CatalogSnapshot grown = base.apply(schemaChange(with(schema, added)));
    assertThat(grown.collections().get(10L).schema().field("note")).contains(added);
    assertThat(grown.collections().get(10L).updatedTimestamp()).isEqualTo(9);
    refused(grown, schemaChange(schema), "field is gone");
    refused(grown, schemaChange(with(schema, added.withId(103))), "field is gone");
    refused(base, schemaChange(with(schema, added.withId(99))), "not above");
    refused(base, schemaChange(with(schema, added.withId(101))), "twice");
    refused(
        base,
        schemaChange(with(schema, FieldSchema.of(102, "id", DataType.INT64).asNullable())),
        "name is there twice");
    refused(
        base,
        schemaChange(with(schema, FieldSchema.of(102, "note", DataType.INT64))),
        "no value for the rows");
    refused(
        grown,
        schemaChange(with(schema, FieldSchema.of(102, "note", DataType.INT64).asNullable())),
        "field is another one");
    CatalogSnapshot longer =
        grown.apply(schemaChange(with(schema, added.withParameters(Map.of("max_length", "9")))));
    assertThat(longer.collections().get(10L).schema().field(102).orElseThrow().maxLength())
        .isEqualTo(9);
  }

  @Test
  void aTruncationDropsWhatIsOldAndHidesTheRest() {
    CatalogSnapshot flushed =
        base.apply(new CatalogChange.VchannelClaimed(VCHANNEL, "a", 1))
            .apply(flush(1, 0, 30, 20, Set.of(30L)))
            .apply(flush(1, 0, 31, 20, Set.of()));
    CatalogSnapshot early = flushed.apply(new CatalogChange.CollectionTruncated(10, 1));
    assertThat(early.segmentsOf(10)).containsOnlyKeys(30L, 31L);
    CatalogSnapshot truncated = flushed.apply(new CatalogChange.CollectionTruncated(10, 2));
    // The growing one takes rows yet; its old ones are hidden by their timestamps.
    assertThat(truncated.segmentsOf(10)).containsOnlyKeys(31L);
    assertThat(truncated.collections().get(10L).expiredUntil(5)).isEqualTo(2);
    refused(truncated, new CatalogChange.CollectionTruncated(10, 2), "not above");
    CatalogSnapshot later = truncated.apply(flush(1, 1, 31, 20, Set.of(31L)));
    assertThat(segment(later, 31).isExpired(2)).isTrue();
    assertThat(segment(later, 31).isExpired(1)).isFalse();
  }

  @Test
  void rowsExpireByTheTimeToLive() {
    CollectionDescriptor collection = base.collections().get(10L);
    assertThat(collection.expiredUntil(1_000_000)).isEqualTo(Long.MIN_VALUE);
    CatalogSnapshot limited =
        base.apply(
            new CatalogChange.CollectionPropertiesSet(
                10, Map.of(CollectionDescriptor.TTL_PROPERTY, "60"), Set.of(), 3));
    long expired = limited.collections().get(10L).expiredUntil(1_000_000);
    assertThat(expired).isEqualTo(Timestamps.compose(940_000, 0));
    CatalogSnapshot truncated =
        limited.apply(new CatalogChange.CollectionTruncated(10, Timestamps.compose(950_000, 0)));
    assertThat(truncated.collections().get(10L).expiredUntil(1_000_000))
        .isEqualTo(Timestamps.compose(950_000, 0));
    assertThat(truncated.collections().get(10L).expiredUntil(1_020_000))
        .isEqualTo(Timestamps.compose(960_000, 0));
  }

  @Test
  void propertiesOfDatabasesAndIndexesChange() {
    CatalogSnapshot changed =
        base.apply(
            new CatalogChange.DatabasePropertiesSet(1, Map.of("a", "1", "b", "2"), Set.of()));
    changed = changed.apply(new CatalogChange.DatabasePropertiesSet(1, Map.of(), Set.of("a")));
    assertThat(changed.databases().get(1L).properties()).isEqualTo(Map.of("b", "2"));
    refused(base, new CatalogChange.DatabasePropertiesSet(5, Map.of(), Set.of()), "not exist");
    refused(
        base, new CatalogChange.IndexPropertiesSet(10, 5, Map.of(), Set.of()), "does not exist");
    CatalogSnapshot level =
        base.apply(new CatalogChange.ConsistencyLevelSet(10, ConsistencyLevel.STRONG, 4));
    assertThat(level.collections().get(10L).consistencyLevel()).isEqualTo(ConsistencyLevel.STRONG);
  }

  private static CatalogChange schemaChange(CollectionSchema schema) {
    return new CatalogChange.SchemaChanged(10, schema, 9);
  }

  private static CollectionSchema with(CollectionSchema schema, FieldSchema field) {
    List<FieldSchema> fields = new ArrayList<>(schema.fields());
    fields.add(field);
    return new CollectionSchema(schema.name(), "", fields, false);
  }

  private static void refused(CatalogSnapshot snapshot, CatalogChange change, String rule) {
    assertThatThrownBy(() -> snapshot.apply(change))
        .isInstanceOf(CatalogConflictException.class)
        .hasMessageContaining(rule);
  }

  private static SegmentDescriptor segment(CatalogSnapshot snapshot, long id) {
    return snapshot.segmentsOf(10).get(id);
  }

  private static CatalogChange flush(
      long ownerEpoch, long chunk, long segmentId, long partitionId, Set<Long> sealed) {
    return new CatalogChange.VchannelFlushed(
        VCHANNEL,
        ownerEpoch,
        Map.of("p", 100L),
        List.of(
            new CatalogChange.FlushedChunk(
                segmentId,
                partitionId,
                new ChunkDescriptor(chunk, 50, 1000, 1, 2, List.of(100L, 101L)))),
        List.of(new CatalogChange.FlushedDelta(77, new DeltaDescriptor(1, 5, 40))),
        sealed);
  }

  private static CatalogSnapshot withCollection(CatalogSnapshot snapshot, long id, String name) {
    String vchannel = VchannelDescriptor.nameOf("sagitta-dml_0", id, 0);
    CollectionSchema schema =
        new CollectionSchema(
            name,
            "",
            List.of(
                FieldSchema.of(100, "id", DataType.INT64).asPrimaryKey(false),
                FieldSchema.of(101, "v", DataType.FLOAT_VECTOR).withParameters(Map.of("dim", "4"))),
            false);
    return snapshot.apply(
        new CatalogChange.CollectionCreated(
            new CollectionDescriptor(
                id,
                DatabaseDescriptor.DEFAULT_ID,
                name,
                schema,
                List.of(vchannel),
                ConsistencyLevel.BOUNDED,
                Map.of(),
                List.of(new PartitionDescriptor(id + 10, PartitionDescriptor.DEFAULT_NAME, 0)),
                List.of(),
                false,
                Set.of(),
                0,
                0),
            List.of(
                new VchannelDescriptor(
                    vchannel, "sagitta-dml_0", id, 0, Optional.empty(), 0, Map.of()))));
  }
}
