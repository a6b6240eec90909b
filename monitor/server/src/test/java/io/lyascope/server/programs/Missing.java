package io.lyascope.server.programs;

import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What is done about a test whose programs are not installed. */
final class Missing {

  private Missing() {}

  static ConditionEvaluationResult judge(ExtensionContext context, List<String> missing) {
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("installed");
    }
    String what = String.join(" and ", missing) + " (not installed)";
    if ("fail".equals(System.getProperty("lyascope.missing"))) {
      throw new IllegalStateException(context.getDisplayName() + " needs " + what);
    }
    System.out.println("LEFT OUT " + context.getDisplayName() + ": needs " + what);
    return ConditionEvaluationResult.disabled("needs " + what);
  }
}
