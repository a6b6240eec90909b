package io.lyascope.server.programs;

import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves a {@link NeedsPython} test out, or fails it, where its modules are not installed. */
final class PythonCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    NeedsPython needed = context.getRequiredTestClass().getAnnotation(NeedsPython.class);
    boolean installed = Python.having(needed.value()).isPresent();
    String missing = "Python 3 with " + String.join(" and ", needed.value());
    return Missing.judge(context, installed ? List.of() : List.of(missing));
  }
}
