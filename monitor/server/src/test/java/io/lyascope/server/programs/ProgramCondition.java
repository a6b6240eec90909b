package io.lyascope.server.programs;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves a {@link NeedsProgram} test out, or fails it, where a program is not installed. */
final class ProgramCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    NeedsProgram needed = context.getRequiredTestClass().getAnnotation(NeedsProgram.class);
    List<String> missing =
        Arrays.stream(needed.value()).filter(name -> Programs.find(name).isEmpty()).toList();
    return Missing.judge(context, missing);
  }
}
