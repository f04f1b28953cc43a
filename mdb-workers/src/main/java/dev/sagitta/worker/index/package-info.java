/** The index worker: from a build task in the log's queue to an index file in the store. */
package dev.sagitta.worker.index;
