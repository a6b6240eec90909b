package io.lyascope.server.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read, in words. */
final class FileProblem {

  private FileProblem() {}

  static String sentence(IOException problem) {
    return switch (problem) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "the file may not be read";
      case FileSystemException e when e.getReason() != null ->
          "the file cannot be read: " + e.getReason();
      case MalformedInputException _ -> "the file is not text in UTF-8";
      default -> "the file cannot be read: " + problem.getMessage();
    };
  }
}
