package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.column.BinaryVectorColumn;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.column.VectorListColumn;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Writes vectors as Milvus 2.6 shows them: float and int8 as arrays of numbers, float16, bfloat16
 * and binary as base64 of their bytes, sparse as an object of index and value, lists as arrays.
 */
final class VectorWriter {
  private final JsonGenerator out;
  private float[] numbers = new float[0];

  VectorWriter(JsonGenerator out) {
    this.out = out;
  }

  void write(VectorColumn vectors, int row) throws IOException {
    switch (vectors) {
      case BinaryVectorColumn binary -> writeBytes(binary, row);
      case SparseVectorColumn sparse -> writeEntries(sparse, row);
      case VectorListColumn lists -> {
        out.writeStartArray();
        for (int i = 0; i < lists.lengthAt(row); i++) {
          writeElement(lists, row, i);
        }
        out.writeEndArray();
      }
      case DenseVectorColumn dense -> {
        if (dense.type() == DataType.FLOAT_VECTOR || dense.type() == DataType.INT8_VECTOR) {
          writeNumbers(dense, row);
        } else {
          writeBytes(dense, row);
        }
      }
    }
  }

  /** Writes one vector of a list. */
  void writeElement(VectorListColumn lists, int row, int index) throws IOException {
    resize(lists.dimension());
    lists.copyVectors(row, index, 1, numbers, 0);
    out.writeStartArray();
    for (float number : numbers) {
      out.writeNumber(number);
    }
    out.writeEndArray();
  }

  private void resize(int dimension) {
    if (numbers.length != dimension) {
      numbers = new float[dimension];
    }
  }

  private void writeNumbers(DenseVectorColumn vectors, int row) throws IOException {
    resize(vectors.dimension());
    vectors.copyVector(row, numbers, 0);
    boolean whole = vectors.type() == DataType.INT8_VECTOR;
    out.writeStartArray();
    for (float number : numbers) {
      if (whole) {
        out.writeNumber((int) number);
      } else {
        out.writeNumber(number);
      }
    }
    out.writeEndArray();
  }

  private void writeBytes(PackedVectorColumn vectors, int row) throws IOException {
    byte[] bytes = new byte[vectors.vectorBytes()];
    MemorySegment.copy(
        vectors.blockOf(row),
        LittleEndian.BYTE,
        vectors.offsetInBlock(row),
        bytes,
        0,
        bytes.length);
    out.writeBinary(bytes);
  }

  private void writeEntries(SparseVectorColumn vectors, int row) throws IOException {
    int[] indices = new int[vectors.entryCount(row)];
    float[] values = new float[indices.length];
    vectors.copyEntries(row, indices, values);
    out.writeStartObject();
    for (int i = 0; i < indices.length; i++) {
      out.writeFieldName(Integer.toUnsignedString(indices[i]));
      out.writeNumber(values[i]);
    }
    out.writeEndObject();
  }
}
