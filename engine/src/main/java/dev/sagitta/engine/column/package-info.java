/**
 * Columns: how values are held and read everywhere, on the heap in a batch, off the heap in a
 * growing segment, in a memory map in a sealed one. No objects per value.
 */
package dev.sagitta.engine.column;
