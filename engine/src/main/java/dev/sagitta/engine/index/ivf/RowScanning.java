package dev.sagitta.engine.index.ivf;

/** Stored rows that can be compared with queries. Safe for concurrent use. */
interface RowScanning {
  /** A scanner with its tables, for one thread; to be pooled. */
  ListScanner newScanner();
}
