/** The object store as applications see it; the contract is on {@link ObjectStore}. */
package dev.sagitta.connector.objectstore;
