/**
 * From the text of a filter to its syntax tree: lexing, parsing, literals, limits. No types yet.
 */
package dev.sagitta.engine.filter.syntax;
