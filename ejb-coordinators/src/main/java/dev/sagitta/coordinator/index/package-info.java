/** Wanted indexes and their builds. */
package dev.sagitta.coordinator.index;
