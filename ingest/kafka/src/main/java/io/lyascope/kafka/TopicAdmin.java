package io.lyascope.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that are missing, and looks critically at those that are there. */
public final class TopicAdmin {
  /** Partitions of a topic that we make, unless told otherwise. */
  public static final int DEFAULT_PARTITIONS = 6;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private TopicAdmin() {}

  /**
   * What was found and done.
   *
   * @param created topics that were missing
   * @param warnings what is unusual about the others, one sentence each
   */
  public record Report(List<String> created, List<String> warnings) {}

  /**
   * Creates the missing topics with the policies of the contract, and returns when they can be
   * used. Existing ones are left as they are.
   *
   * @param partitions of each new topic; ignored where other topics of ours exist, whose number is
   *     taken over, because all must have the same
   * @throws KafkaException if the cluster cannot be reached or forbids it
   */
  public static Report ensure(Cluster cluster, int partitions) {
    try (Admin admin = Admin.create(cluster.adminSettings())) {
      Map<String, Map<String, String>> wanted = policies(cluster.topics());
      Map<String, TopicDescription> found = describe(admin, wanted.keySet());
      int count =
          found.values().stream().mapToInt(t -> t.partitions().size()).max().orElse(partitions);
      List<String> created = create(admin, wanted, found.keySet(), count);
      Map<String, TopicDescription> all = awaitAll(admin, wanted.keySet());
      List<String> warnings = new ArrayList<>(partitionWarnings(all));
      warnings.addAll(policyWarnings(admin, wanted, all.keySet()));
      return new Report(created, warnings);
    }
  }

  /** What a look at the topics finds, changing nothing; missing ones are warnings. */
  public static Report check(Cluster cluster) {
    try (Admin admin = Admin.create(cluster.adminSettings())) {
      Map<String, Map<String, String>> wanted = policies(cluster.topics());
      Map<String, TopicDescription> found = describe(admin, wanted.keySet());
      List<String> warnings = new ArrayList<>();
      wanted.keySet().stream()
          .filter(name -> !found.containsKey(name))
          .forEach(name -> warnings.add("topic " + name + " does not exist"));
      warnings.addAll(partitionWarnings(found));
      warnings.addAll(policyWarnings(admin, wanted, found.keySet()));
      return new Report(List.of(), warnings);
    }
  }

  private static Map<String, Map<String, String>> policies(Topics topics) {
    Map<String, Map<String, String>> policies = new LinkedHashMap<>();
    policies.put(topics.runs(), compacted());
    policies.put(topics.probes(), compacted());
    policies.put(topics.snapshots(), kept(Duration.ofHours(6)));
    policies.put(topics.scalars(), kept(Duration.ofDays(3)));
    policies.put(topics.results(), kept(Duration.ofDays(28)));
    policies.put(topics.control(), kept(Duration.ofDays(1)));
    policies.put(topics.state(), compacted());
    // A dead letter is the original and more headers, and must fit where the original did.
    Map<String, String> deadLetters = new TreeMap<>(kept(Duration.ofDays(28)));
    deadLetters.put("max.message.bytes", Integer.toString(DeadLetters.MAX_RECORD_BYTES));
    policies.put(topics.deadLetters(), deadLetters);
    return policies;
  }

  private static Map<String, String> compacted() {
    return Map.of("cleanup.policy", "compact");
  }

  /** Whole segments are deleted, so one must not span much more than is to be kept. */
  private static Map<String, String> kept(Duration retention) {
    return Map.of(
        "cleanup.policy", "delete",
        "retention.ms", Long.toString(retention.toMillis()),
        "segment.ms", Long.toString(retention.dividedBy(6).toMillis()));
  }

  private static Map<String, TopicDescription> describe(Admin admin, Set<String> names) {
    Set<String> existing = new TreeSet<>(await(admin.listTopics().names().toCompletionStage()));
    existing.retainAll(names);
    return await(admin.describeTopics(existing).allTopicNames().toCompletionStage());
  }

  private static List<String> create(
      Admin admin, Map<String, Map<String, String>> wanted, Set<String> found, int partitions) {
    List<String> created = new ArrayList<>();
    wanted.forEach((name, policy) -> {
      if (!found.contains(name) && createOne(admin, name, policy, partitions)) {
        created.add(name);
      }
    });
    return created;
  }

  /** A topic that was just made takes a moment until every broker knows it. */
  private static Map<String, TopicDescription> awaitAll(Admin admin, Set<String> names) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Map<String, TopicDescription> found = describe(admin, names);
    while (found.size() < names.size() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      found = describe(admin, names);
    }
    return found;
  }

  private static boolean createOne(
      Admin admin, String name, Map<String, String> policy, int partitions) {
    var topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(policy);
    try {
      await(admin.createTopics(List.of(topic)).all().toCompletionStage());
      return true;
    } catch (TopicExistsException e) {
      return false; // Another monitor starts at the same time.
    }
  }

  private static List<String> partitionWarnings(Map<String, TopicDescription> found) {
    Map<String, Integer> counts = new TreeMap<>();
    found.forEach((name, topic) -> counts.put(name, topic.partitions().size()));
    if (Set.copyOf(counts.values()).size() <= 1) {
      return List.of();
    }
    return List.of("topics differ in their number of partitions: " + counts);
  }

  private static List<String> policyWarnings(
      Admin admin, Map<String, Map<String, String>> wanted, Set<String> found) {
    List<ConfigResource> resources =
        found.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<ConfigResource, Config> configs =
        await(admin.describeConfigs(resources).all().toCompletionStage());
    List<String> warnings = new ArrayList<>();
    configs.forEach((topic, config) -> {
      String policy = config.get("cleanup.policy").value();
      String ours = wanted.get(topic.name()).get("cleanup.policy");
      if (!policy.contains(ours)) {
        warnings.add(
            "topic %s has cleanup.policy %s instead of %s".formatted(topic.name(), policy, ours));
      }
    });
    return warnings;
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException failure) {
        throw failure;
      }
      throw new KafkaException("the cluster did not do as asked", e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException("the cluster did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while waiting for the cluster", e);
    }
  }
}
