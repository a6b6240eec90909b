package io.lyascope.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lyascope.snapshot.Probe;
import io.lyascope.snapshot.Protocol;
import io.lyascope.snapshot.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmUpTest {

  private static final ClassDesc ARITHMETIC = ClassDesc.of(Arithmetic.class.getName());

  private final Arithmetic before = Kernels.arithmetic();

  @AfterEach
  void putBack() {
    Kernels.use(before);
  }

  /** What is not exercised would be run uncompiled just after vectors have taken over. */
  @Test
  void exercisesEveryLoopThereIs() throws IOException {
    Set<String> called = new TreeSet<>();
    try (InputStream code = WarmUp.class.getResourceAsStream("WarmUp.class")) {
      ClassFile.of()
          .parse(code.readAllBytes())
          .methods()
          .forEach(method ->
              method.code().stream()
                  .flatMap(body -> body.elementList().stream())
                  .filter(InvokeInstruction.class::isInstance)
                  .map(InvokeInstruction.class::cast)
                  .filter(call -> call.owner().asSymbol().equals(ARITHMETIC))
                  .forEach(call -> called.add(signature(call.name(), call.typeSymbol()))));
    }
    Set<String> loops =
        Stream.of(Arithmetic.class.getDeclaredMethods())
            .filter(method -> Modifier.isAbstract(method.getModifiers()))
            .map(method -> signature(method.getName(), type(method)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(loops, called);
  }

  private static String signature(Object name, MethodTypeDesc type) {
    return name + type.descriptorString();
  }

  private static MethodTypeDesc type(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .describeConstable()
        .orElseThrow();
  }

  /** Whoever does the work, and wherever they change over, not a bit is different. */
  @ParameterizedTest
  @CsvSource({"rnn,9,1", "lstm,17,1", "lstm,5,2", "gru,33,1"})
  void mayEndInTheMiddleOfAMeasurement(String cell, int hidden, int layers) {
    Snapshot network = Networks.random(Networks.architecture(cell, 3, hidden, layers, true), 1, 1);
    Probe probe = Probes.random(2, 40, 3, 2);
    Protocol protocol = Probes.protocol("{'burn_in':5}");
    Kernels.use(new ScalarArithmetic());
    LyapunovSpectrum expected = TangentFlow.begin(network, probe, protocol).finish();
    TangentFlow flow = TangentFlow.begin(network, probe, protocol);
    flow.advance(33);
    Kernels.use(new VectorArithmetic());
    assertEquals(expected, flow.finish());
  }
}
