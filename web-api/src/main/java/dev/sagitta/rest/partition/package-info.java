/** Endpoints of partitions: {@code /v2/vectordb/partitions/...}. */
package dev.sagitta.rest.partition;
