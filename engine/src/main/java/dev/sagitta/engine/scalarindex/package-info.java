/**
 * Scalar indexes: from a value to the rows that have it, over one sealed segment.
 *
 * <p>All families keep their distinct values as sorted keys with one list of rows each ({@code
 * file}); they differ in what they accept, in how keys are made of values ({@code keyed} for
 * columns and elements of arrays, {@code json} for paths of JSON documents, {@code ngram} for runs
 * of characters) and in how rows are stored. {@code build} sorts keys with bounded memory. Found by
 * name in {@link dev.sagitta.engine.scalarindex.ScalarIndexTypes}.
 *
 * <p>An index never changes what a filter answers. It says which rows may pass a test, and whether
 * these are exactly the rows that do; if they are not, the filter looks at their values.
 */
package dev.sagitta.engine.scalarindex;
