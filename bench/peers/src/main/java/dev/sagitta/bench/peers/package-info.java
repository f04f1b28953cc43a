/** Libraries for the JVM as sides of the comparison. */
package dev.sagitta.bench.peers;
