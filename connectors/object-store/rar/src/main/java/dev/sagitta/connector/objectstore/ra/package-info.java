/** The resource adapter: settings, pooled connections, and the store that they share. */
package dev.sagitta.connector.objectstore.ra;
