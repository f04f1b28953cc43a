/** Sets of rows of one segment: results of filters and deletes, inputs of vector search. */
package dev.sagitta.engine.bitmap;
