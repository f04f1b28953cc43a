/** Hand-written stand-ins for the cluster, the catalog, the store and the log. */
package dev.sagitta.query.fakes;
