package io.lyascope.aelle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What began alike stays together, however that was written down. */
class KinshipTest {

  @TempDir private Path folder;

  private final SyntheticCorpus made = new SyntheticCorpus(20, 1);

  private Map<String, Object> run(int i) {
    return made.runs().get(i);
  }

  private FinishedRun read(int i) throws IOException {
    made.write(folder);
    String name = (String) run(i).get("run");
    return Corpus.read(folder).runs().stream()
        .filter(run -> run.run().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void assertTogether(int... runs) throws IOException {
    String group = read(runs[0]).group();
    for (int i : runs) {
      assertEquals(group, read(i).group());
    }
  }

  @Test
  void aChainOfRepetitionsIsOneFamily() throws IOException {
    run(5).put("repeat_of", "run-3");
    run(3).put("repeat_of", "run-1");

    assertTogether(1, 3, 5);
    assertEquals(Optional.of("run-3"), read(5).repeatOf());
    assertNotEquals(read(1).group(), read(2).group());
  }

  @Test
  void theGroupsOfARunAndOfItsRepetitionAreOne() throws IOException {
    run(3).put("repeat_of", "run-1");
    run(3).put("group", "seeds");
    run(7).put("group", "seeds");

    assertTogether(1, 3, 7);
  }

  @Test
  void whatRepeatsACopyRepeatsWhatWasCopied() throws IOException {
    Map<String, Object> copy = new LinkedHashMap<>(run(1));
    copy.put("run", "copy");
    made.runs().add(copy);
    run(4).put("repeat_of", "copy");

    assertTogether(1, 4);
    assertEquals(Optional.of("run-1"), read(4).repeatOf());
  }

  @Test
  void repetitionsOfAnAbsentRunAreRelatedAndRepeatNothing() throws IOException {
    run(2).put("repeat_of", "elsewhere");
    run(9).put("repeat_of", "elsewhere");

    assertTogether(2, 9);
    assertEquals(Optional.empty(), read(9).repeatOf());
  }

  @Test
  void aRunThatIsCalledLikeAGroupIsNotOfIt() throws IOException {
    for (int i : List.of(2, 3)) {
      run(i).put("group", "run-1");
    }
    run(1).put("group", "run-8");

    assertTogether(2, 3);
    assertNotEquals(read(1).group(), read(2).group());
  }
}
