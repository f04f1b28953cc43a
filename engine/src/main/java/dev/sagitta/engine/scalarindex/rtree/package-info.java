/** RTREE: rectangles around geometries, packed into a tree that is searched in place. */
package dev.sagitta.engine.scalarindex.rtree;
