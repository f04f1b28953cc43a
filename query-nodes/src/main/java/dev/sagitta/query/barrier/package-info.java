/**
 * Barriers: volatile markers in the log that tell a reader who applies a vchannel and that it has
 * applied everything before the marker. This package sends them, and answers them for the worker.
 */
package dev.sagitta.query.barrier;
