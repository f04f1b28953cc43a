/**
 * Milvus's REST API v2: one dispatcher from path to endpoint, independent of the servlet API, and
 * the thin servlet that feeds it.
 */
package dev.sagitta.rest;
