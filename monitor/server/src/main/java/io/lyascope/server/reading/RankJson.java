package io.lyascope.server.reading;

import io.lyascope.dynamics.EffectiveRank;
import io.lyascope.dynamics.GradientAnalysis;
import io.lyascope.dynamics.GradientAnalysis.Alignment;
import io.lyascope.dynamics.MatrixRanks;
import io.lyascope.dynamics.WeightUpdate;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The objects {@code update} and {@code gradient}. */
public final class RankJson {

  private RankJson() {}

  /** The object {@code update}. */
  public static Map<String, Object> fields(WeightUpdate update) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("since", update.since());
    ranks(update.ranks(), fields);
    return fields;
  }

  static Map<String, Object> fields(GradientAnalysis gradient) {
    Map<String, Object> fields = new LinkedHashMap<>();
    ranks(gradient.ranks(), fields);
    fields.put("alignment", gradient.alignments().stream().map(RankJson::alignment).toList());
    return fields;
  }

  static WeightUpdate update(JsonObject fields) throws JsonException {
    return new WeightUpdate(
        fields.integer("since").orElseThrow(() -> ReadingJson.missing("update.since")),
        ranks(fields));
  }

  static GradientAnalysis gradient(JsonObject fields) throws JsonException {
    List<Alignment> alignments = new ArrayList<>();
    for (JsonObject alignment : fields.objects("alignment")) {
      alignments.add(alignment(alignment));
    }
    return new GradientAnalysis(ranks(fields), alignments);
  }

  private static void ranks(MatrixRanks ranks, Map<String, Object> fields) {
    Map<String, Object> tensors = new LinkedHashMap<>();
    ranks.tensors().forEach((name, rank) -> tensors.put(name, rank(rank)));
    fields.putAll(rank(ranks.together()));
    fields.put("tensors", tensors);
  }

  private static Map<String, Object> rank(EffectiveRank rank) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("participation_ratio", rank.participationRatio());
    fields.put("effective_dimension", rank.effectiveDimension());
    fields.put("rank", rank.rank());
    return fields;
  }

  private static MatrixRanks ranks(JsonObject fields) throws JsonException {
    JsonObject tensors = fields.object("tensors").orElseThrow(() -> ReadingJson.missing("tensors"));
    Map<String, EffectiveRank> each = new LinkedHashMap<>();
    for (String name : tensors.fields().keySet()) {
      each.put(name, rank(tensors.object(name).orElseThrow(() -> ReadingJson.missing(name))));
    }
    return new MatrixRanks(rank(fields), each);
  }

  private static EffectiveRank rank(JsonObject fields) throws JsonException {
    return new EffectiveRank(
        number(fields, "participation_ratio"),
        number(fields, "effective_dimension"),
        count(fields, "rank"));
  }

  private static Map<String, Object> alignment(Alignment alignment) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("tensor", alignment.tensor());
    fields.put("block", alignment.block());
    fields.put("vectors", alignment.vectors());
    fields.put("cosines", alignment.cosines());
    fields.put("random", alignment.random());
    return fields;
  }

  private static Alignment alignment(JsonObject fields) throws JsonException {
    double[] cosines = fields.numbers("cosines").orElseThrow(() -> ReadingJson.missing("cosines"));
    return new Alignment(
        fields.requiredString("tensor"),
        count(fields, "block"),
        count(fields, "vectors"),
        DoubleStream.of(cosines).boxed().toList(),
        number(fields, "random"));
  }

  private static double number(JsonObject fields, String field) throws JsonException {
    return fields.number(field).orElseThrow(() -> ReadingJson.missing(field));
  }

  private static int count(JsonObject fields, String field) throws JsonException {
    return fields.smallInteger(field).orElseThrow(() -> ReadingJson.missing(field));
  }
}
