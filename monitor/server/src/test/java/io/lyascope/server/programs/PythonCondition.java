package io.lyascope.server.programs;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves a {@link NeedsPython} test out, or fails it, where its modules are not installed. */
final class PythonCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    NeedsPython needed = context.getRequiredTestClass().getAnnotation(NeedsPython.class);
    if (Python.having(needed.value()).isPresent()) {
      return ConditionEvaluationResult.enabled("installed");
    }
    String missing = "Python 3 with " + String.join(" and ", needed.value());
    if ("fail".equals(System.getProperty("lyascope.missing"))) {
      throw new IllegalStateException(missing + " is not installed");
    }
    System.out.println("LEFT OUT " + context.getDisplayName() + ": needs " + missing);
    return ConditionEvaluationResult.disabled(missing + " is not installed");
  }
}
