package dev.sagitta.engine.index.code;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations. */
final class SymmetricEigenvectors {
  private static final int SWEEPS_MAX = 12;
  private static final double PRECISION = 1e-6;

  private final double[][] matrix;
  private final double[][] vectors;
  private final int[] order;

  private SymmetricEigenvectors(double[][] matrix) {
    int size = matrix.length;
    this.matrix = matrix;
    this.vectors = new double[size][size];
    for (int i = 0; i < size; i++) {
      vectors[i][i] = 1;
    }
    for (int sweep = 0; sweep < SWEEPS_MAX && !isDiagonal(); sweep++) {
      sweep();
    }
    this.order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -matrix[i][i]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** Of the matrix, which is used up. */
  static SymmetricEigenvectors of(double[][] matrix) {
    return new SymmetricEigenvectors(matrix);
  }

  /** The eigenvalue of the number, greatest first. */
  double value(int number) {
    int i = order[number];
    return matrix[i][i];
  }

  /** A component of the eigenvector of the number. */
  double component(int number, int index) {
    return vectors[order[number]][index];
  }

  private boolean isDiagonal() {
    double diagonal = 0;
    double other = 0;
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < i; j++) {
        other += matrix[i][j] * matrix[i][j];
      }
      diagonal += matrix[i][i] * matrix[i][i];
    }
    return other <= PRECISION * PRECISION * diagonal;
  }

  private void sweep() {
    for (int p = 0; p < matrix.length; p++) {
      for (int q = p + 1; q < matrix.length; q++) {
        double off = matrix[p][q];
        if (off != 0) {
          double half = (matrix[q][q] - matrix[p][p]) / (2 * off);
          double tangent = Math.copySign(1, half) / (Math.abs(half) + Math.sqrt(half * half + 1));
          double cosine = 1 / Math.sqrt(tangent * tangent + 1);
          rotate(p, q, cosine, tangent * cosine);
        }
      }
    }
  }

  private void rotate(int p, int q, double cosine, double sine) {
    rotateRows(matrix[p], matrix[q], cosine, sine);
    for (double[] row : matrix) {
      double left = row[p];
      double right = row[q];
      row[p] = cosine * left - sine * right;
      row[q] = sine * left + cosine * right;
    }
    rotateRows(vectors[p], vectors[q], cosine, sine);
  }

  private static void rotateRows(double[] first, double[] second, double cosine, double sine) {
    for (int k = 0; k < first.length; k++) {
      double left = first[k];
      double right = second[k];
      first[k] = cosine * left - sine * right;
      second[k] = sine * left + cosine * right;
    }
  }
}
