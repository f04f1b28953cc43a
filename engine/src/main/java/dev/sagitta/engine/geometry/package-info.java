/**
 * Geometries: their text (WKT) and binary (WKB) forms, bounds, and relations. Planar coordinates;
 * distances in metres take them as longitude and latitude in degrees.
 */
package dev.sagitta.engine.geometry;
