/**
 * K-means clustering: the coarse quantizers of inverted files and the codebooks of product
 * quantizers.
 */
package dev.sagitta.engine.index.cluster;
