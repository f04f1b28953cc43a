/** Hybrid timestamps and deadlines. */
package dev.sagitta.engine.time;
