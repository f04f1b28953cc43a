/**
 * Segments: rows of one partition and vchannel, growing in memory or sealed in mapped files, their
 * deletes, and the files they are written to.
 */
package dev.sagitta.engine.segment;
