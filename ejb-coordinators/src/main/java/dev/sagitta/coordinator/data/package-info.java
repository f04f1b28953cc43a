/** Segments, flushes, checkpoints, garbage. */
package dev.sagitta.coordinator.data;
