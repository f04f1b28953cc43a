/** The rules of object keys, shared by all implementations. */
package dev.sagitta.connector.objectstore.key;
