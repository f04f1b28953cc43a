/** The timestamp oracle. */
package dev.sagitta.coordinator.time;
