package dev.sagitta.bench.ann;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Rate against recall of several sides as SVG. The recall's axis stretches towards 1, the rate's is
 * logarithmic. Colours are of medium brightness and the ground is left transparent, so that it can
 * be read on white and on black.
 */
final class ParetoPicture {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 560;
  private static final int LEFT = 70;
  private static final int RIGHT = 210;
  private static final int TOP = 46;
  private static final int BOTTOM = 52;

  /** Keeps a recall of 1 on the picture. */
  private static final double BEYOND = 0.002;

  private static final double RECALL_MIN = Trial.RECALL_MIN;
  private static final double[] RECALL_TICKS = {0.80, 0.85, 0.90, 0.95, 0.98, 0.99, 0.995, 1.0};
  private static final int[] RATE_STEPS = {1, 2, 5};
  private static final String INK = "#808080";
  private static final List<String> COLOURS =
      List.of(
          "#e0433a", "#2f86d6", "#2aa058", "#d98a1f", "#9a62d0", "#16a3a8", "#d2569b", "#8a8f1d",
          "#6f7fe0", "#b0703f", "#4f9e1e", "#c24fd0", "#3f96b5");

  private final String title;
  private final List<Line> lines;
  private final double rateMin;
  private final double rateMax;

  /**
   * One side.
   *
   * @param name in the legend
   * @param ours drawn with a thick unbroken line
   * @param points recall and rate
   */
  record Line(String name, boolean ours, List<Curve.Point> points) {}

  /**
   * @param title above the picture
   * @param lines sides, in the order of their colours
   */
  ParetoPicture(String title, List<Line> lines) {
    this.title = title;
    this.lines = lines;
    double[] rates =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .filter(point -> point.recall() >= RECALL_MIN)
            .mapToDouble(Curve.Point::value)
            .sorted()
            .toArray();
    this.rateMin = rates.length == 0 ? 1 : rates[0] / 1.15;
    this.rateMax = rates.length == 0 ? 10 : rates[rates.length - 1] * 1.15;
  }

  String svg() {
    StringBuilder svg = new StringBuilder(16384);
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"%s\">%n"
                + "<title>%s</title>%n",
            WIDTH,
            HEIGHT,
            INK,
            escaped(title)));
    text(svg, LEFT, 24, "start", title, " font-size=\"16\" font-weight=\"bold\"");
    axes(svg);
    for (int number = 0; number < lines.size(); number++) {
      curve(svg, lines.get(number), colour(number));
    }
    legend(svg);
    return svg.append("</svg>\n").toString();
  }

  private void axes(StringBuilder svg) {
    for (double tick : RECALL_TICKS) {
      segment(svg, x(tick), TOP, x(tick), HEIGHT - BOTTOM, 0.25);
      String label = String.format(Locale.ROOT, tick == 0.995 ? "%.3f" : "%.2f", tick);
      text(svg, x(tick), HEIGHT - BOTTOM + 18, "middle", label, "");
    }
    for (double decade = 1; decade <= rateMax; decade *= 10) {
      for (int step : RATE_STEPS) {
        double rate = decade * step;
        if (rate >= rateMin && rate <= rateMax) {
          segment(svg, LEFT, y(rate), WIDTH - RIGHT, y(rate), 0.25);
          text(svg, LEFT - 8, y(rate) + 4, "end", String.format(Locale.ROOT, "%,.0f", rate), "");
        }
      }
    }
    segment(svg, LEFT, TOP, LEFT, HEIGHT - BOTTOM, 1);
    segment(svg, LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, 1);
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", "recall@10", "");
    text(
        svg,
        0,
        0,
        "middle",
        "queries per second of processor time, one thread",
        String.format(
            Locale.ROOT,
            " transform=\"translate(16 %d) rotate(-90)\"",
            (TOP + HEIGHT - BOTTOM) / 2));
  }

  private void curve(StringBuilder svg, Line line, String colour) {
    List<String> corners = new ArrayList<>();
    StringBuilder marks = new StringBuilder();
    for (Curve.Point point : line.points()) {
      if (point.recall() >= RECALL_MIN) {
        corners.add(String.format(Locale.ROOT, "%.1f,%.1f", x(point.recall()), y(point.value())));
        marks.append(mark(line.ours(), x(point.recall()), y(point.value())));
      }
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<g stroke=\"%s\" stroke-width=\"%s\" fill=\"%s\"><title>%s</title>"
                + "<polyline fill=\"none\"%s points=\"%s\"/>%s</g>%n",
            colour,
            line.ours() ? "2.6" : "1.5",
            line.ours() ? colour : "none",
            escaped(line.name()),
            line.ours() ? "" : " stroke-dasharray=\"6 4\"",
            String.join(" ", corners),
            marks));
  }

  /** Sides by descending rate at the recall that matters most, those that miss it last. */
  private void legend(StringBuilder svg) {
    List<Integer> order = new ArrayList<>();
    for (int number = 0; number < lines.size(); number++) {
      order.add(number);
    }
    order.sort(Comparator.comparingDouble(number -> -rateAtMiddle(lines.get(number))));
    int left = WIDTH - RIGHT + 22;
    for (int place = 0; place < order.size(); place++) {
      Line line = lines.get(order.get(place));
      String colour = colour(order.get(place));
      int y = TOP + 10 + 21 * place;
      svg.append(
          String.format(
              Locale.ROOT,
              "<g stroke=\"%s\" stroke-width=\"%s\" fill=\"%s\"><path d=\"M%d %dh30\"%s/>%s</g>%n",
              colour,
              line.ours() ? "2.6" : "1.5",
              line.ours() ? colour : "none",
              left,
              y,
              line.ours() ? "" : " stroke-dasharray=\"6 4\"",
              mark(line.ours(), left + 15, y)));
      text(svg, left + 38, y + 4, "start", line.name(), line.ours() ? " font-weight=\"bold\"" : "");
    }
  }

  private static double rateAtMiddle(Line line) {
    return line.points().isEmpty()
        ? 0
        : new Curve(line.points()).at(0.95).map(Curve.Reading::value).orElse(0.0);
  }

  private static String mark(boolean ours, double x, double y) {
    return ours
        ? String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.2\"/>", x, y)
        : String.format(
            Locale.ROOT, "<rect x=\"%.1f\" y=\"%.1f\" width=\"6\" height=\"6\"/>", x - 3, y - 3);
  }

  /** Ours and the others take colours from the start each: the kind of line tells them apart. */
  private String colour(int number) {
    boolean ours = lines.get(number).ours();
    long before = lines.subList(0, number).stream().filter(line -> line.ours() == ours).count();
    return COLOURS.get((int) (before % COLOURS.size()));
  }

  private static double stretched(double recall) {
    return -Math.log(1 + BEYOND - recall);
  }

  private static double x(double recall) {
    double share =
        (stretched(recall) - stretched(RECALL_MIN)) / (stretched(1) - stretched(RECALL_MIN));
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private double y(double rate) {
    double share = Math.log(rate / rateMin) / Math.log(rateMax / rateMin);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static void segment(
      StringBuilder svg, double x1, double y1, double x2, double y2, double opacity) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" opacity=\"%s\"/>%n",
            x1,
            y1,
            x2,
            y2,
            INK,
            opacity));
  }

  private static void text(
      StringBuilder svg, double x, double y, String anchor, String text, String attributes) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>%n",
            x,
            y,
            anchor,
            attributes,
            escaped(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
