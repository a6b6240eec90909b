package io.lyascope.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lyascope.server.http.Subscription.Next;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

  private final Topic topic = new Topic("fleet", 100);

  private static String text(Subscription subscription) {
    return assertInstanceOf(Next.Frame.class, subscription.next()).text();
  }

  private static void assertUpToDate(Subscription subscription) {
    assertInstanceOf(Next.UpToDate.class, subscription.next());
  }

  private Subscription told() {
    Subscription subscription = new Subscription(topic, Optional.empty());
    subscription.next();
    return subscription;
  }

  @Test
  void startsWithASnapshotEvenOfNothing() {
    Subscription subscription = new Subscription(topic, Optional.empty());
    assertEquals(
        "{\"topic\":\"fleet\",\"seq\":100,\"type\":\"snapshot\",\"data\":{}}", text(subscription));
    assertUpToDate(subscription);
  }

  @Test
  void tellsChangesWholeAndOneByOne() {
    Subscription subscription = told();
    topic.update(Map.of("a", 1));
    topic.update(Map.of("a", Map.of("x", 2)));
    assertEquals(
        "{\"topic\":\"fleet\",\"seq\":101,\"type\":\"delta\",\"data\":{\"a\":1}}",
        text(subscription));
    assertEquals(
        "{\"topic\":\"fleet\",\"seq\":102,\"type\":\"delta\",\"data\":{\"a\":{\"x\":2}}}",
        text(subscription));
    assertUpToDate(subscription);
  }

  @Test
  void countsNothingThatIsAsBefore() {
    topic.update(Map.of("a", 1));
    topic.update(Map.of("a", 1));
    assertEquals(101, topic.seq());
  }

  @Test
  void tellsThatAFieldIsGoneAndForgetsIt() {
    topic.update(Map.of("a", 1, "b", 2));
    Subscription subscription = told();
    Map<String, Object> gone = new LinkedHashMap<>();
    gone.put("a", null);
    topic.update(gone);
    assertTrue(text(subscription).endsWith("\"data\":{\"a\":null}}"));
    assertTrue(text(new Subscription(topic, Optional.empty())).endsWith("\"data\":{\"b\":2}}"));
  }

  @Test
  void givesOneThatIsFarBehindASnapshotInPlaceOfAllItMissed() {
    Subscription subscription = told();
    for (int i = 1; i <= 1000; i++) {
      topic.update(Map.of("a", i));
    }
    var frame = assertInstanceOf(Next.Frame.class, subscription.next());
    assertEquals(1000, frame.missed());
    assertTrue(frame.text().contains("\"seq\":1100,\"type\":\"snapshot\",\"data\":{\"a\":1000}"));
    assertUpToDate(subscription);
  }

  @Test
  void resumesAfterAKnownNumber() {
    topic.update(Map.of("a", 1));
    topic.update(Map.of("a", 2));
    assertTrue(text(new Subscription(topic, Optional.of(101L))).contains("\"seq\":102"));
    assertUpToDate(new Subscription(topic, Optional.of(102L)));
  }

  @Test
  void doesNotBelieveANumberThatNeverWas() {
    topic.update(Map.of("a", 1));
    assertTrue(text(new Subscription(topic, Optional.of(999L))).contains("snapshot"));
    assertTrue(text(new Subscription(topic, Optional.of(50L))).contains("snapshot"));
  }
}
