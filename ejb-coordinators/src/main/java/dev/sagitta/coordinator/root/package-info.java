/** Definitions (DDL). */
package dev.sagitta.coordinator.root;
