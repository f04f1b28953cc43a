/** The file format of scalar indexes, read in place: sorted keys, and the rows of each. */
package dev.sagitta.engine.scalarindex.file;
