/** Endpoints of rows: {@code /v2/vectordb/entities/...}. */
package dev.sagitta.rest.entity;
