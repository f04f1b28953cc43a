/** What a collection looks like: fields, types, metrics. Plain values that are stored as JSON. */
package dev.sagitta.engine.schema;
