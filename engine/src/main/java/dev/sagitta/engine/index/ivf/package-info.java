/**
 * Inverted files: k-means cuts the vectors into lists, a search looks into the lists whose
 * centroids are nearest to the query (Sivic and Zisserman, "Video Google", 2003; Jegou, Douze,
 * Schmid, "Product quantization for nearest neighbor search", 2011). What lies in the lists is the
 * family's: {@code IvfFamily} is the seam, {@code IvfIndexType} what all share.
 */
package dev.sagitta.engine.index.ivf;
