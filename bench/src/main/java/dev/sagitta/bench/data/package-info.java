/** Data sets of benchmarks: vector files, exact neighbours in double precision, filters. */
package dev.sagitta.bench.data;
