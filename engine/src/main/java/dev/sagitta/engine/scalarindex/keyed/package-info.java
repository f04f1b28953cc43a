/** Indexes whose keys are the values of a column or the elements of its arrays. */
package dev.sagitta.engine.scalarindex.keyed;
