package io.lyascope.aelle;

import io.lyascope.snapshot.Digests;
import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.JsonException;
import io.lyascope.snapshot.JsonObject;
import io.lyascope.snapshot.Limits;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.ProtocolPatch;
import io.lyascope.snapshot.RefusedException;
import io.lyascope.snapshot.TensorFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Reads what {@link PredictorWriter} wrote. */
final class PredictorReader {

  private final TensorFile file;

  private PredictorReader(TensorFile file) {
    this.file = file;
  }

  static TrainedPredictor read(byte[] bytes) {
    TensorFile file = TensorFile.read(bytes, Limits.DEFAULT);
    String format = file.metadata().getOrDefault("lyascope.format", "absent");
    if (!format.equals(Predictor.FORMAT)) {
      throw refused(
          "lyascope.format", "lyascope.format is " + format + ", wanted " + Predictor.FORMAT);
    }
    var reader = new PredictorReader(file);
    try {
      PredictorCard card = reader.card();
      List<StageModel> stages = new ArrayList<>();
      List<JsonObject> described = reader.objects("lyascope.stages");
      for (int s = 0; s < described.size(); s++) {
        stages.add(reader.stage("stage." + s, described.get(s), card.trusted()));
      }
      return new TrainedPredictor(
          card, Digests.sha256(bytes), reader.space(), stages, reader.landmarks());
    } catch (JsonException e) {
      throw refused("lyascope.card", "the predictor's metadata is broken: " + e.getMessage());
    }
  }

  private String text(String key) throws JsonException {
    String text = file.metadata().get(key);
    if (text == null) {
      throw new JsonException(key + " is missing");
    }
    return text;
  }

  private List<JsonObject> objects(String key) throws JsonException {
    return JsonObject.parse("{\"all\":" + text(key) + "}").objects("all");
  }

  private List<String> strings(String key) throws JsonException {
    return strings(Json.parse(text(key)), key);
  }

  private static List<String> strings(Object value, String what) throws JsonException {
    if (value instanceof List<?> items) {
      return items.stream().map(String::valueOf).toList();
    }
    throw new JsonException(what + " is no list");
  }

  private PredictorCard card() throws JsonException {
    JsonObject card = JsonObject.parse(text("lyascope.card"));
    Map<String, Object> protocol = card.object("protocol").map(JsonObject::fields).orElse(Map.of());
    return new PredictorCard(
        card.requiredString("name"),
        card.requiredString("task"),
        Protocol.DEFAULT.with(new ProtocolPatch(protocol)),
        card.requiredString("metric"),
        Goal.required(card.requiredString("goal")),
        new NormalScores(Tensors.row(file, "outcomes")),
        number(card, "badness_threshold"),
        number(card, "base_rate"),
        Domain.read(card.object("domain").orElse(new JsonObject(Map.of()))),
        card.truth("trusted").orElse(false),
        strings(card.fields().get("runs"), "runs"),
        card.object("made").map(JsonObject::fields).orElse(Map.of()));
  }

  private LatentSpace space() throws JsonException {
    Autoencoder network = Autoencoder.random(SpectrumShape.LENGTH, 0, new Random(0));
    List<double[]> parameters = network.parameters();
    for (int k = 0; k < parameters.size(); k++) {
      double[] stored = Tensors.row(file, "aelle." + k);
      if (stored.length != parameters.get(k).length) {
        throw new JsonException("tensor aelle." + k + " has " + stored.length + " elements");
      }
      System.arraycopy(stored, 0, parameters.get(k), 0, stored.length);
    }
    double[] limits = Tensors.row(file, "latent.limits");
    return new LatentSpace(
        new Aelle(
            network,
            Tensors.row(file, "aelle.mean"),
            Tensors.row(file, "aelle.scale")[0],
            pca("aelle.map")),
        strings("lyascope.cells"),
        Tensors.rows(file, "latent.centres"),
        Tensors.rows(file, "latent.spreads"),
        limits[0],
        limits[1]);
  }

  private Pca pca(String name) {
    double[] deviations = Tensors.row(file, name + ".deviations");
    double[][] axes = new double[deviations.length][];
    Arrays.setAll(axes, k -> Tensors.row(file, name + ".axis." + k));
    return new Pca(Tensors.row(file, name + ".mean"), axes, deviations);
  }

  /** Of a stage that does not say whether it is to be trusted, the card does. */
  private StageModel stage(String name, JsonObject stage, boolean trusted) throws JsonException {
    List<Column> columns = new ArrayList<>();
    for (JsonObject column : stage.objects("columns")) {
      columns.add(column(column));
    }
    List<ViewModel> views = new ArrayList<>();
    List<JsonObject> described = stage.objects("views");
    double[][] rows = Tensors.rows(file, name + ".rows");
    for (int v = 0; v < described.size(); v++) {
      views.add(view(name + ".view." + v, described.get(v), rows));
    }
    Spectra spectra = new Spectra(pca(name + ".curves"), pca(name + ".raw"));
    return new StageModel(
        number(stage, "progress"),
        stage.truth("trusted").orElse(trusted),
        new Columns(stage.requiredString("metric"), spectra, columns),
        rows,
        views);
  }

  private static Column column(JsonObject column) throws JsonException {
    Column.Encoder encoder;
    if (column.truth("absent").orElse(false)) {
      encoder = new Column.Encoder.Absent();
    } else if (column.string("level").isPresent()) {
      encoder = new Column.Encoder.Level(column.requiredString("level"));
    } else if (column.numbers("ranks").isPresent()) {
      encoder = new Column.Encoder.Ranked(new NormalScores(column.numbers("ranks").get()));
    } else {
      encoder = new Column.Encoder.Scaled(number(column, "mean"), number(column, "scale"));
    }
    return new Column(
        Source.valueOf(column.requiredString("source")), column.requiredString("name"), encoder);
  }

  private ViewModel view(String name, JsonObject view, double[][] rows) throws JsonException {
    Set<Source> sources = EnumSet.noneOf(Source.class);
    for (String source : strings(view.fields().get("sources"), "sources")) {
      sources.add(Source.valueOf(source));
    }
    double[] columns = view.numbers("used").orElseThrow(() -> new JsonException("used is missing"));
    int[] used = Arrays.stream(columns).mapToInt(j -> (int) j).toArray();
    double[] scales = Tensors.row(file, name + ".scales");
    double[] numbers = Tensors.row(file, name + ".calibration");
    return new ViewModel(
        sources,
        used,
        new KernelModel(
            KernelModel.scaled(KernelTraining.chosen(rows, used), scales),
            scales,
            numbers[4],
            Tensors.rows(file, name + ".weights")),
        Tensors.row(file, name + ".residuals"),
        new Calibration(numbers[0], numbers[1], numbers[2], numbers[3]));
  }

  private List<Predictor.Landmark> landmarks() throws JsonException {
    List<String> cells = strings("lyascope.landmarks");
    return Arrays.stream(Tensors.rows(file, "landmarks"))
        .map(at ->
            new Predictor.Landmark(cells.get((int) at[0]), at[1], at[2], at[3], at[4], at[5] == 1))
        .toList();
  }

  private static double number(JsonObject object, String field) throws JsonException {
    return object
        .number(field)
        .orElseThrow(() -> new JsonException("field " + field + " is missing"));
  }

  private static RefusedException refused(String field, String message) {
    return new RefusedException(RefusedException.Kind.UNSUPPORTED, field, message);
  }
}
