package io.lyascope.snapshot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;

/** Digests that identify files and tensors wherever they travel. */
public final class Digests {

  private Digests() {}

  /** SHA-256 of a whole file in lower-case hexadecimal. */
  public static String sha256(byte[] file) {
    return HexFormat.of().formatHex(sha256().digest(file));
  }

  /** The same of tensors: of names, element types, shapes and elements, in order of their names. */
  public static String sha256(Collection<Tensor> tensors) {
    MessageDigest digest = sha256();
    tensors.stream()
        .sorted(Comparator.comparing(Tensor::name))
        .forEach(tensor -> {
          String head = tensor.name() + "\0" + tensor.dtype() + tensor.shapeText() + "\0";
          digest.update(head.getBytes(StandardCharsets.UTF_8));
          digest.update(tensor.bytes());
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
