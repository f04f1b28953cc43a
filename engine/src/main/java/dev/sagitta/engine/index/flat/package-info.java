/** FLAT and BIN_FLAT: no index at all, every search compares the query with every allowed row. */
package dev.sagitta.engine.index.flat;
