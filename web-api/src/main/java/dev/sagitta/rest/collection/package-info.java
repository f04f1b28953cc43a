/** Endpoints of collections: {@code /v2/vectordb/collections/...}. */
package dev.sagitta.rest.collection;
