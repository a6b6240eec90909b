package io.lyascope.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ResourcesTest {

  private final List<String> closed = new ArrayList<>();
  private final Resources resources = new Resources();

  @Test
  void theLastOpenedIsClosedFirstAndOnce() throws Exception {
    resources.open(() -> closing("broker"));
    resources.open(() -> closing("monitor"));
    resources.close();
    resources.close();
    assertEquals(List.of("monitor", "broker"), closed);
  }

  @Test
  void oneThatFailsToCloseDoesNotKeepTheOthersOpen() throws Exception {
    resources.open(() -> closing("broker"));
    resources.<AutoCloseable>open(() ->
        () -> {
          throw new IllegalStateException("on purpose");
        });
    resources.close();
    assertEquals(List.of("broker"), closed);
  }

  @Test
  void nothingIsOpenedAfterTheEnd() {
    resources.close();
    assertThrows(CancellationException.class, () -> resources.open(() -> closing("late")));
    assertEquals(List.of(), closed);
  }

  @Test
  void aTemporaryFolderGoesWithAllThatIsInIt() throws Exception {
    TemporaryFolder folder = resources.open(TemporaryFolder::create);
    Files.createDirectories(folder.path().resolve("a/b"));
    Files.writeString(folder.path().resolve("a/b/c"), "text");
    resources.close();
    assertFalse(Files.exists(folder.path()));
  }

  private AutoCloseable closing(String name) {
    return () -> closed.add(name);
  }
}
