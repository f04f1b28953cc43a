/** Tests of geometries: relations to a constant one, distances, validity. */
package dev.sagitta.engine.filter.geometry;
