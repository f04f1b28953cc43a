/** Endpoints of databases: {@code /v2/vectordb/databases/...}. */
package dev.sagitta.rest.database;
