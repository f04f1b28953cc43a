package dev.sagitta.query;

import java.util.Set;

/** How much of what the catalog wants served is served, over all living nodes. */
public interface LoadProgress {
  /**
   * Percent of the wanted segments and vchannels that a node serves, 0 to 100; 100 means that reads
   * find everything.
   *
   * @param partitionIds partitions asked for; empty means all that are wanted
   */
  int loadedPercent(long collectionId, Set<Long> partitionIds);
}
