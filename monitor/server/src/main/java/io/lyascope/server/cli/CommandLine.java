package io.lyascope.server.cli;

import io.lyascope.server.config.ConfigException;
import io.lyascope.server.config.Nearest;
import java.util.List;
import java.util.Optional;

/** Turns words into a command and a command into an exit code. */
public final class CommandLine {

  private static final List<String> HELP = List.of("help", "--help", "-h");

  private CommandLine() {}

  /** Runs the command that these words ask for; what goes wrong is one sentence on stderr. */
  public static ExitCode run(List<String> words, Terminal terminal) {
    try {
      return parse(words).run(terminal);
    } catch (UsageException | ConfigException e) {
      terminal.err().println("lyascope: " + e.getMessage());
      return ExitCode.USAGE;
    } catch (UnreachableException e) {
      terminal.err().println("lyascope: " + e.getMessage());
      return ExitCode.UNREACHABLE;
    } catch (RefusedByPolicyException e) {
      terminal.err().println("lyascope: " + e.getMessage());
      return ExitCode.REFUSED_BY_POLICY;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILURE;
    } catch (Exception e) {
      terminal.err().println("lyascope: " + sentence(e));
      return ExitCode.FAILURE;
    }
  }

  /**
   * The command in these words.
   *
   * @throws UsageException if there is none
   */
  static Command parse(List<String> words) {
    if (words.isEmpty()) {
      throw new UsageException("which command?\n\n" + Commands.help());
    }
    String name = words.getFirst();
    List<String> rest = words.subList(1, words.size());
    if (HELP.contains(name)) {
      return rest.isEmpty()
          ? new HelpCommand(Commands.help())
          : new HelpCommand(known(rest.getFirst()).usage().help());
    }
    Commands.Entry entry = known(name.equals("--version") ? "version" : name);
    if (rest.contains("--help") || rest.contains("-h")) {
      return new HelpCommand(entry.usage().help());
    }
    return entry.factory().apply(Arguments.parse(entry.usage(), rest));
  }

  private static Commands.Entry known(String name) {
    Optional<Commands.Entry> entry = Commands.find(name);
    return entry.orElseThrow(() ->
        new UsageException(
            "there is no command %s in this version; the nearest is %s"
                .formatted(name, Nearest.to(name, Commands.names()))));
  }

  private static String sentence(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
