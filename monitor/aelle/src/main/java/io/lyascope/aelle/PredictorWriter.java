package io.lyascope.aelle;

import io.lyascope.snapshot.Json;
import io.lyascope.snapshot.TensorFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays a predictor out as safetensors: numbers as tensors, everything else as JSON metadata. */
final class PredictorWriter {

  private final Tensors tensors = new Tensors();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  static byte[] write(TrainedPredictor predictor) {
    var writer = new PredictorWriter();
    writer.metadata.put("lyascope.format", Predictor.FORMAT);
    writer.card(predictor.facts());
    writer.space(predictor.space());
    List<Object> stages = new ArrayList<>();
    for (int s = 0; s < predictor.stages().size(); s++) {
      stages.add(writer.stage("stage." + s, predictor.stages().get(s)));
    }
    writer.metadata.put("lyascope.stages", Json.write(stages));
    writer.landmarks(predictor.landmarks());
    return TensorFile.of(writer.metadata, writer.tensors.all()).write();
  }

  private void card(PredictorCard card) {
    Map<String, Object> fields = card.facts();
    fields.put("runs", card.runs());
    fields.put("badness_threshold", card.threshold());
    fields.put("made", card.made());
    metadata.put("lyascope.card", Json.write(fields));
    tensors.put("outcomes", card.outcomes().knots());
  }

  private void space(LatentSpace space) {
    metadata.put("lyascope.cells", Json.write(space.cells()));
    Aelle aelle = space.aelle();
    List<double[]> parameters = aelle.network().parameters();
    for (int k = 0; k < parameters.size(); k++) {
      tensors.put("aelle." + k, parameters.get(k));
    }
    tensors.put("aelle.mean", aelle.mean());
    tensors.put("aelle.scale", aelle.scale());
    pca("aelle.map", aelle.map());
    tensors.put("latent.centres", space.centres());
    tensors.put("latent.spreads", space.spreads());
    tensors.put("latent.limits", space.farthest(), space.worst());
  }

  private void pca(String name, Pca pca) {
    tensors.put(name + ".mean", pca.mean());
    tensors.put(name + ".deviations", pca.deviations());
    for (int k = 0; k < pca.axes().length; k++) {
      tensors.put(name + ".axis." + k, pca.axes()[k]);
    }
  }

  private Map<String, Object> stage(String name, StageModel stage) {
    tensors.put(name + ".rows", stage.rows());
    pca(name + ".curves", stage.columns().spectra().curves());
    pca(name + ".raw", stage.columns().spectra().raw());
    List<Object> views = new ArrayList<>();
    for (int v = 0; v < stage.views().size(); v++) {
      views.add(view(name + ".view." + v, stage.views().get(v)));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("progress", stage.progress());
    fields.put("trusted", stage.trusted());
    fields.put("metric", stage.columns().metric());
    fields.put("columns", stage.columns().all().stream().map(Column::toFields).toList());
    fields.put("views", views);
    return fields;
  }

  private Map<String, Object> view(String name, ViewModel view) {
    tensors.put(name + ".scales", view.kernels().scales());
    tensors.put(name + ".weights", view.kernels().weights());
    tensors.put(name + ".residuals", view.residuals());
    Calibration calibration = view.calibration();
    tensors.put(
        name + ".calibration",
        calibration.slope(),
        calibration.offset(),
        calibration.accept(),
        calibration.stop(),
        view.kernels().mean());
    return Map.of("sources", view.sources(), "used", view.used());
  }

  private void landmarks(List<Predictor.Landmark> landmarks) {
    List<String> cells = landmarks.stream().map(Predictor.Landmark::cell).distinct().toList();
    metadata.put("lyascope.landmarks", Json.write(cells));
    tensors.put(
        "landmarks",
        landmarks.stream()
            .map(at ->
                new double[] {
                  cells.indexOf(at.cell()),
                  at.progress(),
                  at.x(),
                  at.y(),
                  at.outcome(),
                  at.good() ? 1 : 0
                })
            .toArray(double[][]::new));
  }
}
