package dev.sagitta.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class TestParetoPicture {
  private static final List<ParetoPicture.Line> LINES =
      List.of(
          new ParetoPicture.Line(
              "peer <C++>",
              false,
              List.of(new Curve.Point(0.7, 9000), new Curve.Point(0.93, 4000))),
          new ParetoPicture.Line(
              "ours",
              true,
              List.of(
                  new Curve.Point(0.81, 9000),
                  new Curve.Point(0.95, 7000),
                  new Curve.Point(1.0, 100))));

  @Test
  void testItIsWellFormedAndNamesEverySide() throws Exception {
    String svg = new ParetoPicture("data & more", LINES).svg();
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    assertThat(document.getDocumentElement().getTextContent())
        .contains("data & more", "peer <C++>", "ours", "recall@10");
  }

  @Test
  void testEveryPointLiesInsideTheAxes() {
    String svg = new ParetoPicture("data", LINES).svg();
    List<MatchResult> corners =
        Pattern.compile("points=\"([^\"]*)\"").matcher(svg).results().toList();
    assertThat(corners).hasSize(2);
    assertThat(corners.get(0).group(1).split(" ", -1)).hasSize(1);
    assertThat(corners.get(1).group(1).split(" ", -1)).hasSize(3);
    for (MatchResult corner : corners) {
      for (String point : corner.group(1).split(" ", -1)) {
        String[] coordinates = point.split(",", -1);
        assertThat(Double.parseDouble(coordinates[0])).isBetween(70.0, 750.0);
        assertThat(Double.parseDouble(coordinates[1])).isBetween(46.0, 508.0);
      }
    }
  }
}
