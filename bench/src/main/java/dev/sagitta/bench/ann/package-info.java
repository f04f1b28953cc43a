/** Vector indexes against their peers: same data, parameters and machine, runs taken in turns. */
package dev.sagitta.bench.ann;
