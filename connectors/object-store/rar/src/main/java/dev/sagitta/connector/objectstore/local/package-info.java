/** The object store in a local directory: one file per object. */
package dev.sagitta.connector.objectstore.local;
