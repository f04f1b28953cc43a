/** Vector indexes: the small interface all families share, and the registry of families by name. */
package dev.sagitta.engine.index;
