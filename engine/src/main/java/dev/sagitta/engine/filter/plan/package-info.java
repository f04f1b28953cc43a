/**
 * From the syntax tree to predicates: names are resolved, constants folded, types checked, {@code
 * not} pushed down to the leaves. Functions are registered in {@link
 * dev.sagitta.engine.filter.plan.FilterFunctions}.
 */
package dev.sagitta.engine.filter.plan;
