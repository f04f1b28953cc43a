/**
 * The data worker: takes records of the log, applies them to this node's growing segments, flushes
 * these into the object store, and acknowledges what is flushed.
 */
package dev.sagitta.worker.data;
