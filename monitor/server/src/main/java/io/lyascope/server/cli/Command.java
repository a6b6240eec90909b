package io.lyascope.server.cli;

/** Something the user asked for, ready to run. */
sealed interface Command
    permits AnalyzeCommand,
        ConfigCommand,
        DemoCommand,
        DoctorCommand,
        ExportCommand,
        ExportCorpusCommand,
        HelpCommand,
        ReplayCommand,
        RunsCommand,
        ServeCommand,
        StopCommand,
        TrainCommand,
        VersionCommand {

  /** Runs to the end, and says how it ended. */
  ExitCode run(Terminal terminal) throws Exception;
}
