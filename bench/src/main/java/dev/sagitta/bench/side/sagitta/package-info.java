/** Our own index families as a side of the comparison. */
package dev.sagitta.bench.side.sagitta;
