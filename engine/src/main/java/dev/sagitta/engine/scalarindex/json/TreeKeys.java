package dev.sagitta.engine.scalarindex.json;

import dev.sagitta.engine.column.GrowableBytes;
import dev.sagitta.engine.column.JsonColumn;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonWalker;
import dev.sagitta.engine.scalarindex.build.KeySink;
import dev.sagitta.engine.scalarindex.build.KeySource;
import dev.sagitta.engine.scalarindex.file.KeyKind;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Keys that are all values at and below a path; see {@link TreeKeyCodec}. */
final class TreeKeys implements KeySource, JsonWalker.Visitor {
  private final JsonColumn column;
  private final JsonPath path;
  private final JsonWalker walker = new JsonWalker();
  private final GrowableBytes key = new GrowableBytes(256);
  private byte[] document = new byte[256];
  private byte[] keyBytes = new byte[256];
  private boolean inexact;
  private int row;
  private KeySink sink;

  TreeKeys(JsonColumn column, JsonPath path) {
    this.column = column;
    this.path = path;
  }

  @Override
  public KeyKind kind() {
    return KeyKind.TREE;
  }

  @Override
  public boolean inexact() {
    return inexact;
  }

  @Override
  public void keysOf(int ofRow, KeySink target) {
    if (column.isNull(ofRow)) {
      return;
    }
    row = ofRow;
    sink = target;
    int length = column.utf8LengthAt(row);
    if (document.length < length) {
      document = new byte[Math.max(length, 2 * document.length)];
    }
    column.copyUtf8(row, document, 0);
    walker.walk(document, length, path, this);
  }

  @Override
  public void object(GrowableBytes steps) {
    begin(steps, TreeKeyCodec.OBJECT);
    emit();
  }

  @Override
  public void array(GrowableBytes steps) {
    begin(steps, TreeKeyCodec.ARRAY);
    emit();
  }

  @Override
  public void number(GrowableBytes steps, double value, boolean rounded, boolean element) {
    inexact |= rounded;
    begin(steps, element ? TreeKeyCodec.ELEMENT_NUMBER : TreeKeyCodec.NUMBER);
    TreeKeyCodec.appendNumber(key, value);
    emit();
  }

  @Override
  public void string(GrowableBytes steps, byte[] utf8, int offset, int length, boolean element) {
    begin(steps, element ? TreeKeyCodec.ELEMENT_STRING : TreeKeyCodec.STRING);
    key.putBytes(utf8, offset, length);
    emit();
  }

  @Override
  public void bool(GrowableBytes steps, boolean value, boolean element) {
    byte kind = value ? TreeKeyCodec.TRUE : TreeKeyCodec.FALSE;
    byte elementKind = value ? TreeKeyCodec.ELEMENT_TRUE : TreeKeyCodec.ELEMENT_FALSE;
    begin(steps, element ? elementKind : kind);
    emit();
  }

  private void begin(GrowableBytes steps, byte kind) {
    key.truncate(0);
    key.putMemory(steps.memory(), 0, steps.size());
    TreeKeyCodec.appendKind(key, kind);
  }

  private void emit() {
    int length = key.size();
    if (keyBytes.length < length) {
      keyBytes = new byte[Math.max(length, 2 * keyBytes.length)];
    }
    MemorySegment.copy(key.memory(), LittleEndian.BYTE, 0, keyBytes, 0, length);
    sink.key(keyBytes, 0, length, row);
  }
}
