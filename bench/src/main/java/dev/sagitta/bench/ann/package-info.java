/**
 * Our vector indexes against other libraries: same data, parameters, memory settings and machine,
 * rounds taken in turns. Parameters are chosen on one half of the queries and reported on the
 * other.
 */
package dev.sagitta.bench.ann;
