package io.lyascope.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotTest {

  private final Map<String, String> metadata =
      new HashMap<>(
          Map.of(
              "lyascope.format", "snapshot/1",
              "lyascope.run", "<b>r\n1</b>",
              "lyascope.attempt", "2",
              "lyascope.step", "300",
              "lyascope.progress", "0.25",
              "lyascope.architecture",
                  "{\"cell\":\"lstm\",\"input_size\":3,\"hidden_size\":4,\"later\":1}",
              "lyascope.scalars", "{\"train_loss\":\"NaN\",\"learning_rate\":1e-3}"));

  @Test
  void everyFieldOfTheEnvelopeIsRead() {
    Snapshot snapshot = read();
    assertEquals("<b>r\n1</b>", snapshot.run());
    assertEquals(2, snapshot.attempt());
    assertEquals(300, snapshot.step());
    assertEquals(0.25, snapshot.progress().getAsDouble());
    assertEquals(
        new Architecture("lstm", 3, 4, 1, true, "", "tanh", Map.of()), snapshot.architecture());
    assertEquals(Map.of("train_loss", Double.NaN, "learning_rate", 1e-3), snapshot.scalars());
  }

  @Test
  void attemptProgressAndScalarsMayBeAbsent() {
    metadata.keySet().removeAll(List.of("lyascope.attempt", "lyascope.progress"));
    metadata.remove("lyascope.scalars");
    Snapshot snapshot = read();
    assertEquals(0, snapshot.attempt());
    assertTrue(snapshot.progress().isEmpty());
    assertEquals(Map.of(), snapshot.scalars());
  }

  @Test
  void aTrainingThatRunsPastItsPlanIsAtItsEnd() {
    metadata.put("lyascope.progress", "1.02");
    assertEquals(1.0, read().progress().getAsDouble());
  }

  @Test
  void whatIsMissingOrWrongIsNamed() {
    assertBroken("lyascope.run", null);
    assertBroken("lyascope.run", "");
    assertBroken("lyascope.step", null);
    assertBroken("lyascope.step", "-1");
    assertBroken("lyascope.step", "1e3");
    assertBroken("lyascope.attempt", "9999999999");
    assertBroken("lyascope.progress", "half");
    assertBroken("lyascope.progress", "NaN");
    assertBroken("lyascope.architecture", null);
    assertBroken("lyascope.architecture", "lstm");
    assertBroken("lyascope.architecture", "{\"hidden_size\":4}");
    assertBroken("lyascope.architecture", "{\"cell\":\"lstm\",\"hidden_size\":\"4\"}");
    assertBroken("lyascope.architecture", "{\"cell\":\"lstm\",\"hidden_size\":-4}");
    assertBroken("lyascope.scalars", "{\"train_loss\":\"low\"}");
    assertBroken("lyascope.scalars", "{\"a\":1,\"a\":2}");
    assertBroken("lyascope.format", null);
    assertBroken("lyascope.format", "probe/1");
  }

  @Test
  void anotherVersionOfTheFormatIsUnsupportedNotMalformed() {
    metadata.put("lyascope.format", "snapshot/2");
    RefusedException e = assertThrows(RefusedException.class, this::read);
    assertEquals(RefusedException.Kind.UNSUPPORTED, e.kind());
    assertEquals("lyascope.format", e.field());
  }

  /** Whatever is wrong with a probe, nothing is wrong with the snapshot that it drives. */
  @Test
  void anotherVersionOfAProbeIsTheProbesFault() {
    for (String format : List.of("probe/2", "snapshot/1", "")) {
      byte[] file = TensorFile.of(Map.of("lyascope.format", format), List.of()).write();
      RefusedException e =
          assertThrows(RefusedException.class, () -> Probe.read(file, Limits.DEFAULT));
      assertEquals(RefusedException.Kind.PROBE, e.kind());
      assertEquals("lyascope.format", e.field());
    }
  }

  private void assertBroken(String key, String value) {
    Map<String, String> sound = Map.copyOf(metadata);
    if (value == null) {
      metadata.remove(key);
    } else {
      metadata.put(key, value);
    }
    MalformedException e = assertThrows(MalformedException.class, this::read, key + " " + value);
    assertEquals(Malformation.ENVELOPE, e.malformation());
    assertEquals(key, e.field());
    metadata.clear();
    metadata.putAll(sound);
  }

  private Snapshot read() {
    return Snapshot.read(TensorFile.of(metadata, List.of()).write(), Limits.DEFAULT);
  }
}
