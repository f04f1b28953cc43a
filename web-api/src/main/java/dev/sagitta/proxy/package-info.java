/**
 * The proxy: what a front end (REST now, others later) asks of the database about rows. Front ends
 * resolve names and check values against the schema; the services route, generate keys, write to
 * the log, search, merge and fetch. Rows travel as columns, never as objects per row.
 */
package dev.sagitta.proxy;
