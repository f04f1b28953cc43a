/** Tests of strings on their UTF-8 bytes: ranges, sets, {@code like} patterns. */
package dev.sagitta.engine.filter.text;
