package io.lyascope.dynamics;

/**
 * Lets the vector arithmetic take over once it is compiled. Until then the Vector API is hundreds
 * of times slower than plain Java, so it is exercised on a thread of its own while measurements go
 * on in plain Java; both give the same bits. Where the module {@code jdk.incubator.vector} is
 * missing, or vectors turn out to be no faster, everything stays as it is.
 */
public final class WarmUp {

  private static final int DEPTH = 64;
  private static final int ROUND = 300;

  /** Rounds, not seconds: on a busy machine the compiler takes its time. */
  private static final int PATIENCE = 1000;

  /** Multiplications above which a measurement is worth the effort. */
  private static final double WORTH_IT = 1e9;

  private static boolean started;

  private static final int WIDTH = 32;

  private final double[] x = new double[DEPTH * WIDTH];
  private final double[] y = new double[DEPTH * WIDTH];
  private final Panels panels = new Panels(DEPTH, 1, WIDTH, 0, DEPTH, x);
  private final double[] packed = new double[DEPTH * WIDTH];
  private final float[] single = new float[DEPTH * WIDTH];
  private final float[] singleResult = new float[DEPTH * WIDTH];
  private final double[] parts = new double[Arithmetic.SCRATCH];

  private WarmUp() {}

  /** Begins in the background, unless that has been done. */
  public static synchronized void start() {
    if (!started && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      started = true;
      Thread.ofPlatform().daemon().name("lyascope-warm-up").start(WarmUp::run);
    }
  }

  /** Begins if that many multiplications are ahead that it pays. */
  static void startFor(double multiplications) {
    if (multiplications > WORTH_IT) {
      start();
    }
  }

  private static void run() {
    WarmUp warmUp = new WarmUp();
    Arithmetic scalar = new ScalarArithmetic();
    Arithmetic vector = new VectorArithmetic();
    long plain = warmUp.round(scalar);
    for (int i = 0; i < PATIENCE; i++) {
      plain = Math.min(plain, warmUp.round(scalar));
      if (warmUp.round(vector) < plain) {
        Kernels.use(vector);
        return;
      }
    }
  }

  /** The nanoseconds that some of everything takes. */
  private long round(Arithmetic arithmetic) {
    long begin = System.nanoTime();
    for (int i = 0; i < ROUND; i++) {
      exercise(arithmetic);
    }
    return System.nanoTime() - begin;
  }

  private void exercise(Arithmetic arithmetic) {
    int size = x.length / 4;
    arithmetic.multiply(x, 0, DEPTH, 2 * Arithmetic.ROWS, panels, y, packed);
    arithmetic.multiply(single, 0, single, 0, DEPTH, singleResult, 0, WIDTH);
    arithmetic.addRow(x, 0, panels, y);
    arithmetic.scale(x, 0, x, 0, DEPTH, y, 0);
    arithmetic.addScaled(x, 0, x, 0, DEPTH, y, 0);
    arithmetic.scaleRows(x, x, 0, DEPTH, y, 0);
    arithmetic.addScaledRows(x, x, 0, DEPTH, y, 0);
    arithmetic.deflate(y, 0, x.length / 2, 2, x.length / 8, parts);
    arithmetic.add(arithmetic.dot(x, 0, y, 0, size, parts), x, 0, y, 0, size);
    arithmetic.multiply(x, x, 0, y, 0, size);
    arithmetic.multiplyAdd(x, y, 0, x, 0, y, 0, size);
    parts[0] = arithmetic.largestBits(y, 0, size);
    parts[1] = arithmetic.areWithin(y, size, 4, 0, 1) ? 1 : 0;
  }
}
