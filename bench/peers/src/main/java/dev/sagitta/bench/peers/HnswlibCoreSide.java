package dev.sagitta.bench.peers;

import com.github.jelmerk.hnswlib.core.DistanceFunction;
import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.SearchResult;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import dev.sagitta.bench.side.AnswerRows;
import dev.sagitta.bench.side.Side;
import dev.sagitta.bench.side.SideData;
import dev.sagitta.bench.side.SideServer;
import dev.sagitta.engine.schema.MetricType;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * hnswlib-core, with distances by the Vector API: its own are plain loops. Build: M,
 * efConstruction. Search: ef. Bytes are those of the heap, since it cannot say.
 */
public final class HnswlibCoreSide implements Side {
  private SideData data;
  private HnswIndex<Integer, float[], Row, Float> index;

  record Row(Integer id, float[] vector) implements Item<Integer, float[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public int dimensions() {
      return vector.length;
    }
  }

  public static void main(String[] arguments) throws Exception {
    SideServer.serve(new HnswlibCoreSide());
  }

  @Override
  public void load(SideData given) {
    data = given;
  }

  @Override
  public long build(Map<String, String> parameters) {
    DistanceFunction<float[], Float> distance =
        data.metric() == MetricType.L2
            ? FloatDistances::squaredL2
            : FloatDistances::oneMinusInnerProduct;
    index =
        HnswIndex.newBuilder(data.dimension(), distance, data.base().length)
            .withM(Integer.parseInt(parameters.get("M")))
            .withEfConstruction(Integer.parseInt(parameters.get("efConstruction")))
            .<Integer, Row>build();
    for (int row = 0; row < data.base().length; row++) {
      index.add(new Row(row, data.base()[row]));
    }
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Override
  public void use(Map<String, String> parameters) {
    index.setEf(Integer.parseInt(parameters.get("ef")));
  }

  @Override
  public void search(int query, AnswerRows answer) {
    for (SearchResult<Row, Float> found :
        index.findNearest(data.queries()[query], answer.wanted())) {
      answer.add(found.item().id());
    }
  }
}
