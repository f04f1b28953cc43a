package dev.sagitta.query.fakes;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A collection to test with: an integer key, a number and a vector; two partitions. */
public final class TestCollections {
  public static final long COLLECTION_ID = 1000;
  public static final long FIRST_PARTITION = 2001;
  public static final long SECOND_PARTITION = 2002;
  public static final long INDEX_ID = 3000;
  public static final long KEY_FIELD = FieldSchema.FIRST_USER_FIELD_ID;
  public static final long NUMBER_FIELD = KEY_FIELD + 1;
  public static final long VECTOR_FIELD = KEY_FIELD + 2;

  private TestCollections() {}

  public static CollectionSchema schema(int dimension) {
    return new CollectionSchema(
        "books",
        "",
        List.of(
            FieldSchema.of(KEY_FIELD, "id", DataType.INT64).asPrimaryKey(false),
            FieldSchema.of(NUMBER_FIELD, "number", DataType.INT64),
            FieldSchema.of(VECTOR_FIELD, "vector", DataType.FLOAT_VECTOR)
                .withParameters(Map.of("dim", Integer.toString(dimension)))),
        false);
  }

  /** Creates the loaded collection; returns its vchannels. */
  public static List<String> create(FakeCatalog catalog, CollectionSchema schema, int shards) {
    List<VchannelDescriptor> vchannels = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      String pchannel = "sagitta-dml_" + shard % 4;
      vchannels.add(
          new VchannelDescriptor(
              VchannelDescriptor.nameOf(pchannel, COLLECTION_ID, shard),
              pchannel,
              COLLECTION_ID,
              shard,
              Optional.empty(),
              0,
              Map.of()));
    }
    List<String> names = vchannels.stream().map(VchannelDescriptor::name).toList();
    catalog.commit(
        new CatalogChange.CollectionCreated(
            new CollectionDescriptor(
                COLLECTION_ID,
                DatabaseDescriptor.DEFAULT_ID,
                schema.name(),
                schema,
                names,
                ConsistencyLevel.BOUNDED,
                Map.of(),
                List.of(
                    new PartitionDescriptor(FIRST_PARTITION, "_default", 1),
                    new PartitionDescriptor(SECOND_PARTITION, "second", 1)),
                List.of(
                    new IndexDescriptor(
                        INDEX_ID,
                        VECTOR_FIELD,
                        "vector",
                        "FLAT",
                        "FLAT",
                        Optional.of(MetricType.L2),
                        Map.of(),
                        Map.of(),
                        1)),
                true,
                Set.of(),
                1,
                1),
            vchannels));
    return names;
  }
}
