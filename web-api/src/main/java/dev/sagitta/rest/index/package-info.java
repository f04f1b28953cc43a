/** Endpoints of indexes: {@code /v2/vectordb/indexes/...}. */
package dev.sagitta.rest.index;
