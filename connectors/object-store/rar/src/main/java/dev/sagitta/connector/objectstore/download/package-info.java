/** Files that objects are copied into, shared by all implementations. */
package dev.sagitta.connector.objectstore.download;
