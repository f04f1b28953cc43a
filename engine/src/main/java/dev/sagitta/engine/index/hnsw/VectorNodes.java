package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.LittleEndian;
import dev.sagitta.engine.vector.BrainFloat;
import dev.sagitta.engine.vector.UnitVectors;
import java.lang.foreign.MemorySegment;

/**
 * The vectors of a graph's nodes without padding, in the element type of the field. Floats are of
 * unit length if the metric is cosine; shorter types keep the vectors as they are, since scaling
 * would cost them precision, and their norms are computed with the products.
 */
public final class VectorNodes {
  /** What a scanned row costs, compared with a node in a walk: as many bytes, but in order. */
  static final double SCANNED_ROW_COST = 0.35;

  private final DataType type;
  private final MetricType metric;
  private final int dimension;
  private final RecordBlocks records;

  VectorNodes(DataType type, MetricType metric, int dimension, RecordBlocks records) {
    this.type = requireNonNull(type, "type is null");
    this.metric = requireNonNull(metric, "metric is null");
    this.dimension = dimension;
    this.records = requireNonNull(records, "records is null");
  }

  static int vectorBytes(DataType type, int dimension) {
    return switch (type) {
      case FLOAT_VECTOR -> Float.BYTES * dimension;
      case FLOAT16_VECTOR, BFLOAT16_VECTOR -> Short.BYTES * dimension;
      case INT8_VECTOR -> dimension;
      default -> throw new IllegalArgumentException("vectors are not dense: type=" + type);
    };
  }

  DataType type() {
    return type;
  }

  MetricType metric() {
    return metric;
  }

  int dimension() {
    return dimension;
  }

  RecordBlocks records() {
    return records;
  }

  /** Brings a vector into the form that nodes are compared with. */
  void prepare(float[] source, int sourceOffset, float[] target) {
    if (metric == MetricType.COSINE) {
      UnitVectors.normalize(source, sourceOffset, target, 0, dimension);
    } else {
      System.arraycopy(source, sourceOffset, target, 0, dimension);
    }
  }

  /** Stores a prepared vector, where nodes are floats. */
  void set(int node, float[] prepared) {
    records.ensureCapacity(node + 1);
    NativeMemory.setFloats(records.address(node), prepared, dimension);
  }

  /** Stores the vector of a column's row; {@code scratch} has the dimension's length. */
  void set(int node, DenseVectorColumn column, int row, float[] scratch) {
    if (type == DataType.FLOAT_VECTOR) {
      column.copyVector(row, scratch, 0);
      prepare(scratch, 0, scratch);
      set(node, scratch);
    } else {
      MemorySegment.copy(
          column.blockOf(row),
          column.offsetInBlock(row),
          NativeMemory.ALL,
          records.address(node),
          column.vectorBytes());
    }
  }

  /** Writes the node's vector, prepared, to the start of the array. */
  void get(int node, float[] target) {
    long address = records.address(node);
    switch (type) {
      case FLOAT_VECTOR -> NativeMemory.copyFloats(address, target, dimension);
      case FLOAT16_VECTOR -> {
        for (int i = 0; i < dimension; i++) {
          target[i] =
              Float.float16ToFloat(NativeMemory.ALL.get(LittleEndian.SHORT, address + 2L * i));
        }
      }
      case BFLOAT16_VECTOR -> {
        for (int i = 0; i < dimension; i++) {
          target[i] =
              BrainFloat.toFloat(NativeMemory.ALL.get(LittleEndian.SHORT, address + 2L * i));
        }
      }
      default -> {
        for (int i = 0; i < dimension; i++) {
          target[i] = NativeMemory.ALL.get(LittleEndian.BYTE, address + i);
        }
      }
    }
    if (type != DataType.FLOAT_VECTOR) {
      prepare(target, 0, target);
    }
  }
}
