/** Builds of scalar indexes: keys of rows are sorted with bounded memory and written to a file. */
package dev.sagitta.engine.scalarindex.build;
