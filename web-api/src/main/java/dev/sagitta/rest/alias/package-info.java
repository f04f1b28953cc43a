/** Endpoints of aliases: {@code /v2/vectordb/aliases/...}. */
package dev.sagitta.rest.alias;
