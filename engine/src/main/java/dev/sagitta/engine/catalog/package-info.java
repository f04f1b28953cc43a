/**
 * The catalog: all metadata as an immutable snapshot, and the sealed set of changes that lead from
 * one snapshot to the next. Pure values; reading and writing them is the coordinators' business.
 */
package dev.sagitta.engine.catalog;
