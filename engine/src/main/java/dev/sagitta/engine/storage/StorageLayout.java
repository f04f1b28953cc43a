package dev.sagitta.engine.storage;

/**
 * Names of objects in the store, relative to its root. The numbers in catalog names have 20 digits
 * so that a listing by name is a listing by number.
 *
 * <pre>
 * catalog/log/&lt;number&gt;                                              changes
 * catalog/snapshot/&lt;number&gt;                                         snapshots
 * collections/&lt;id&gt;/segments/&lt;id&gt;/fields/&lt;field&gt;/&lt;n&gt;.binlog
 *                               /deltas/&lt;n&gt;.delta
 *                               /stats/&lt;n&gt;.stats
 *                               /indexes/&lt;field&gt;/&lt;build&gt;/&lt;name&gt;
 * </pre>
 */
public final class StorageLayout {
  public static final String CATALOG_LOG_PREFIX = "catalog/log/";
  public static final String CATALOG_SNAPSHOT_PREFIX = "catalog/snapshot/";
  public static final String COLLECTIONS_PREFIX = "collections/";

  private StorageLayout() {}

  public static String catalogChange(long number) {
    return CATALOG_LOG_PREFIX + String.format("%020d", number);
  }

  public static String catalogSnapshot(long number) {
    return CATALOG_SNAPSHOT_PREFIX + String.format("%020d", number);
  }

  public static String collectionPrefix(long collectionId) {
    return COLLECTIONS_PREFIX + collectionId + "/";
  }

  public static String segmentPrefix(long collectionId, long segmentId) {
    return collectionPrefix(collectionId) + "segments/" + segmentId + "/";
  }

  public static String binlog(long collectionId, long segmentId, long fieldId, long number) {
    return segmentPrefix(collectionId, segmentId) + "fields/" + fieldId + "/" + number + ".binlog";
  }

  public static String delta(long collectionId, long segmentId, long number) {
    return segmentPrefix(collectionId, segmentId) + "deltas/" + number + ".delta";
  }

  public static String stats(long collectionId, long segmentId, long number) {
    return segmentPrefix(collectionId, segmentId) + "stats/" + number + ".stats";
  }

  public static String indexFile(
      long collectionId, long segmentId, long fieldId, long buildId, String name) {
    return segmentPrefix(collectionId, segmentId)
        + "indexes/"
        + fieldId
        + "/"
        + buildId
        + "/"
        + name;
  }
}
