/**
 * Models in this process. Runtime and models lie in a folder beside the application and are loaded
 * by a class loader of their own when a function first needs them, so that an application without
 * such functions pays nothing.
 */
package dev.sagitta.embedding.local;
