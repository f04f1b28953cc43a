/** The coordinators of one process, put together. */
package dev.sagitta.coordinator.node;
