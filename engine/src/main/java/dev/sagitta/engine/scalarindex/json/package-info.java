/** Indexes of values inside JSON documents: at one path, cast to a type, or all below a path. */
package dev.sagitta.engine.scalarindex.json;
