package io.lyascope.server.cli;

/** Prints a text that is known already. */
record HelpCommand(String text) implements Command {

  @Override
  public ExitCode run(Terminal terminal) {
    terminal.out().print(text);
    return ExitCode.OK;
  }
}
