/** Filters with scalar indexes against filters without. */
package dev.sagitta.bench.filter;
