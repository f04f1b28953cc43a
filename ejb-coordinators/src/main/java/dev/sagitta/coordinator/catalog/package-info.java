/** The catalog in the object store: numbered changes, snapshots, fencing by epoch. */
package dev.sagitta.coordinator.catalog;
