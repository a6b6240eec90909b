package io.lyascope.kafka;

/**
 * Which file a chunk belongs to, as the chunk says.
 *
 * @param count of chunks: part of the identity, so that a chunk that lies about it spoils only the
 *     file it claims to belong to and no true one
 */
record FileId(String run, int attempt, long step, String digest, int count) {
  /** The same whatever a chunk says of the number of chunks. */
  FileId content() {
    return new FileId(run, attempt, step, digest, 0);
  }

  /** For logs: without the run id, which may be long and hostile. */
  @Override
  public String toString() {
    return "file %.12s of attempt %d, step %d, in %d chunks"
        .formatted(digest, attempt, step, count);
  }
}
