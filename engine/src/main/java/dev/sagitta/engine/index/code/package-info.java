/**
 * Compact forms of dense vectors: how a vector becomes a code of fixed length, and how a query is
 * compared with codes. Families of indexes combine with any of them.
 */
package dev.sagitta.engine.index.code;
