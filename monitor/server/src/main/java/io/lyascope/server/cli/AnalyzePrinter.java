package io.lyascope.server.cli;

import io.lyascope.server.cli.FileResult.Identity;
import io.lyascope.server.reading.OutcomeFields;
import io.lyascope.server.reading.Reading.Layered;
import io.lyascope.server.reading.Reading.Measured;
import io.lyascope.server.reading.Reading.Refused;
import io.lyascope.snapshot.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints results as they come. */
sealed interface AnalyzePrinter permits AnalyzePrinter.Lines, AnalyzeTable {

  void print(FileResult result);

  /**
   * Prints what several files came to together.
   *
   * @param files as the user wrote them
   */
  void print(List<String> files, EnsembleResult result);

  static AnalyzePrinter of(Format format, PrintStream out) {
    return switch (format) {
      case JSON -> new Lines(out);
      case TABLE -> new AnalyzeTable(out);
    };
  }

  /** One compact JSON object a line. */
  record Lines(PrintStream out) implements AnalyzePrinter {

    @Override
    public void print(FileResult result) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("file", result.file());
      switch (result.outcome()) {
        case Measured _, Layered _ -> {
          Identity snapshot = result.identity().orElseThrow();
          fields.put("run", snapshot.run());
          fields.put("attempt", snapshot.attempt());
          fields.put("step", snapshot.step());
          fields.put("cell", snapshot.cell());
        }
        case Refused _ -> {}
      }
      fields.putAll(OutcomeFields.of(result.outcome()));
      fields.putAll(result.extras().fields());
      out.print(Json.write(fields) + "\n");
    }

    @Override
    public void print(List<String> files, EnsembleResult result) {
      out.print(Json.write(EnsembleResult.fields(files, result)) + "\n");
    }
  }
}
