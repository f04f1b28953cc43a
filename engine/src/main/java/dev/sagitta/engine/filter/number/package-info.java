/** Tests of numbers: ranges and sets, exact between longs and doubles, without boxing. */
package dev.sagitta.engine.filter.number;
