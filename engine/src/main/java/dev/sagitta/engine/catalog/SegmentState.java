package dev.sagitta.engine.catalog;

/** Life of a segment in the catalog; its rows that are not yet flushed live in the log only. */
public enum SegmentState {
  /** Still receives rows from its vchannel's owner. */
  GROWING,
  /** Complete: no row will be added; indexes are built for it. */
  SEALED
}
