/**
 * Evaluation of a compiled filter on columns. Predicates choose rows; conditions are their leaves
 * and work on blocks of up to 64 rows, one bit each.
 *
 * <p>Three-valued logic needs no third bitmap here: {@code not} is pushed down to the leaves while
 * a filter is planned, so a predicate is only ever asked for the rows where it is TRUE. A leaf,
 * plain or negated, leaves out the rows where it is unknown; {@code and} and {@code or} of such
 * sets are then exactly the rows where SQL's logic says TRUE.
 */
package dev.sagitta.engine.filter.evaluate;
