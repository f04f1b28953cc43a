package dev.sagitta.query.metrics;

import java.time.Duration;

/**
 * Receives what happens on this node. Implementations are safe for concurrent use, return quickly
 * and never throw. Gauges are read from the plain classes; these are the events.
 */
public interface NodeMetrics {
  /** Ignores everything. */
  NodeMetrics NONE =
      new NodeMetrics() {
        @Override
        public void searched(long collectionId, int queryCount, Duration latency) {}

        @Override
        public void retrieved(long collectionId, Duration latency) {}

        @Override
        public void readRejected() {}

        @Override
        public void rowsApplied(int inserted, int deleted) {}

        @Override
        public void flushed(int rows, long bytes, Duration latency) {}

        @Override
        public void flushFailed() {}

        @Override
        public void segmentLoaded(Duration latency) {}

        @Override
        public void segmentLoadFailed() {}

        @Override
        public void indexBuilt(String indexType, int rows, Duration latency) {}

        @Override
        public void indexBuildFailed(String indexType) {}
      };

  /** A search was answered by this node. */
  void searched(long collectionId, int queryCount, Duration latency);

  /** A filtered read or count was answered by this node. */
  void retrieved(long collectionId, Duration latency);

  /** A read was refused because too many run. */
  void readRejected();

  /** Records of the log were applied. */
  void rowsApplied(int inserted, int deleted);

  /** A flush was committed. */
  void flushed(int rows, long bytes, Duration latency);

  /** An attempt to flush failed; it is tried again while the session lives. */
  void flushFailed();

  /** A sealed segment was loaded. */
  void segmentLoaded(Duration latency);

  /** An attempt to load a segment or its index failed; it is tried again. */
  void segmentLoadFailed();

  /** An index build was committed. */
  void indexBuilt(String indexType, int rows, Duration latency);

  /** An index build failed for good. */
  void indexBuildFailed(String indexType);
}
