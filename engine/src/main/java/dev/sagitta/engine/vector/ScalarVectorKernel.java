package dev.sagitta.engine.vector;

import java.lang.foreign.MemorySegment;

/**
 * Plain loops over rows of any element type: the specification that the Vector API twins are tested
 * against, and their fallback.
 */
final class ScalarVectorKernel implements VectorKernel {
  private final ElementReader elements;

  ScalarVectorKernel(ElementReader elements) {
    this.elements = elements;
  }

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public float squaredDistance(
      float[] query, int queryOffset, MemorySegment rows, long rowOffset, int dimension) {
    float sum = 0;
    for (int i = 0; i < dimension; i++) {
      float difference = query[queryOffset + i] - elements.read(rows, rowOffset, i);
      sum += difference * difference;
    }
    return sum;
  }

  @Override
  public void squaredDistances(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int dimension,
      float[] scores) {
    scores[0] = squaredDistance(query, queryOffset, rows, rowOffset0, dimension);
    scores[1] = squaredDistance(query, queryOffset, rows, rowOffset1, dimension);
    scores[2] = squaredDistance(query, queryOffset, rows, rowOffset2, dimension);
    scores[3] = squaredDistance(query, queryOffset, rows, rowOffset3, dimension);
  }

  @Override
  public float innerProduct(
      float[] query, int queryOffset, MemorySegment rows, long rowOffset, int dimension) {
    float sum = 0;
    for (int i = 0; i < dimension; i++) {
      sum += query[queryOffset + i] * elements.read(rows, rowOffset, i);
    }
    return sum;
  }

  @Override
  public void innerProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int dimension,
      float[] scores) {
    scores[0] = innerProduct(query, queryOffset, rows, rowOffset0, dimension);
    scores[1] = innerProduct(query, queryOffset, rows, rowOffset1, dimension);
    scores[2] = innerProduct(query, queryOffset, rows, rowOffset2, dimension);
    scores[3] = innerProduct(query, queryOffset, rows, rowOffset3, dimension);
  }

  @Override
  public float normalizedInnerProduct(
      float[] query, int queryOffset, MemorySegment rows, long rowOffset, int dimension) {
    float product = 0;
    float squaredNorm = 0;
    for (int i = 0; i < dimension; i++) {
      float value = elements.read(rows, rowOffset, i);
      product += query[queryOffset + i] * value;
      squaredNorm += value * value;
    }
    return UnitVectors.cosine(product, squaredNorm);
  }

  @Override
  public void normalizedInnerProducts(
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long rowOffset0,
      long rowOffset1,
      long rowOffset2,
      long rowOffset3,
      int dimension,
      float[] scores) {
    scores[0] = normalizedInnerProduct(query, queryOffset, rows, rowOffset0, dimension);
    scores[1] = normalizedInnerProduct(query, queryOffset, rows, rowOffset1, dimension);
    scores[2] = normalizedInnerProduct(query, queryOffset, rows, rowOffset2, dimension);
    scores[3] = normalizedInnerProduct(query, queryOffset, rows, rowOffset3, dimension);
  }
}
