/**
 * Rows between JSON and columns: a streaming parser straight into column builders, and a writer
 * from columns to Milvus's row form.
 */
package dev.sagitta.rest.row;
