import { expect, it } from "vitest";
import { cacheRules } from "../../../policies/rules/cache.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { resource } from "../support/linked.ts";
import { judge } from "../support/outcome.ts";
import { unknown } from "../support/stack.ts";

const cache = (props = {}, links: Readonly<Record<string, readonly Registration[]>> = {}) =>
  resource("aws:elasticache/replicationGroup:ReplicationGroup", "cache", props, links);

it.each([
  ["of 64 characters", { length: 64 }, "pass"],
  ["of 31 characters", { length: 31 }, "fail"],
  ["of a length that is not known yet", { length: unknown }, "unknown"],
])("cache-token-generated: a generated token %s", (_, props, expected) => {
  const token = resource("random:index/randomPassword:RandomPassword", "token", props);
  const group = cache({ authToken: unknown }, { authToken: [token] });
  expect(judge(cacheRules, "cache-token-generated", [token, group]).outcome).toBe(expected);
});

it("cache-token-generated: a literal token fails, and is not repeated", () => {
  const { outcome, messages } = judge(cacheRules, "cache-token-generated", [cache({ authToken: "hunter2" })]);
  expect(outcome).toBe("fail");
  expect(messages.join()).not.toContain("hunter2");
});

it.each([
  [{ transitEncryptionEnabled: true, transitEncryptionMode: "required" }, "pass"],
  [{ transitEncryptionEnabled: true, transitEncryptionMode: "preferred" }, "fail"],
  [{ transitEncryptionEnabled: true }, "fail"],
  [{ transitEncryptionEnabled: false, transitEncryptionMode: "required" }, "fail"],
  [{ transitEncryptionEnabled: unknown, transitEncryptionMode: "required" }, "unknown"],
])("cache-tls-required: %j", (props, expected) => {
  expect(judge(cacheRules, "cache-tls-required", [cache(props)]).outcome).toBe(expected);
});

it.each([
  [["slow-log", "engine-log"], "pass"],
  [["slow-log"], "fail"],
  [[], "fail"],
  [[unknown, "engine-log"], "unknown"],
])("cache-logs-delivered: %j", (types, expected) => {
  const logDeliveryConfigurations = types.map((logType) => ({ logType, destination: unknown }));
  expect(judge(cacheRules, "cache-logs-delivered", [cache({ logDeliveryConfigurations })]).outcome).toBe(
    expected,
  );
});

it.each(["cache-replicated", "cache-fails-over", "cache-multi-zone", "cache-snapshots-retained"])(
  "%s holds for production only",
  (id) => {
    expect(judge(cacheRules, id, [cache()]).outcome).toBe("fail");
    expect(judge(cacheRules, id, [cache()], "staging").outcome).toBe("not-applicable");
  },
);

it.each<[object, string]>([
  [{}, "pass"],
  [{ engine: "redis", engineVersion: "7.1", authTokenUpdateStrategy: "SET" }, "pass"],
  [{ numCacheClusters: 2, preferredCacheClusterAzs: ["a", "a"] }, "fail"],
  [{ snapshotName: "other" }, "unknown"],
  [{ networkType: "dual_stack" }, "fail"],
  [{ networkType: unknown }, "unknown"],
])("cache-settings-sound, %j: %s", (change, expected) => {
  const props = { engine: "valkey", engineVersion: "8.0", ...change };
  expect(judge(cacheRules, "cache-settings-sound", [cache(props)]).outcome).toBe(expected);
});

it.each<[string, unknown, string]>([
  ["maxmemory-policy", "allkeys-lfu", "pass"],
  ["maxmemory-policy", "volatile-ttl", "pass"],
  ["maxmemory-policy", "noeviction", "fail"],
  ["maxmemory-policy", unknown, "unknown"],
  ["timeout", "0", "pass"],
  ["timeout", "300", "pass"],
  ["timeout", "1", "fail"],
  ["slowlog-log-slower-than", "-1", "fail"],
  ["reserved-memory-percent", "0", "fail"],
  ["reserved-memory-percent", "25", "pass"],
  ["notify-keyspace-events", "Ex", "pass"],
  ["rename-commands", "KEYS hidden", "unknown"],
])("cache-parameters-sound: %s %s", (name, value, expected) => {
  const others = name === "maxmemory-policy" ? [] : [{ name: "maxmemory-policy", value: "allkeys-lru" }];
  const group = resource("aws:elasticache/parameterGroup:ParameterGroup", "p", {
    parameters: [...others, { name, value }],
  });
  const stack = [group, cache({}, { parameterGroupName: [group] })];
  expect(judge(cacheRules, "cache-parameters-sound", stack).outcome).toBe(expected);
});

it("cache-parameters-sound: nothing said of what a full cache drops fails", () => {
  const group = resource("aws:elasticache/parameterGroup:ParameterGroup", "p", { parameters: [] });
  const stack = [group, cache({}, { parameterGroupName: [group] })];
  expect(judge(cacheRules, "cache-parameters-sound", stack).outcome).toBe("fail");
});

it("cache-logs-arrive: a log group of another stack is in doubt", () => {
  const logDeliveryConfigurations = [{ destinationType: "cloudwatch-logs", destination: unknown }];
  expect(judge(cacheRules, "cache-logs-arrive", [cache({ logDeliveryConfigurations })]).outcome).toBe(
    "unknown",
  );
  const named = [{ destinationType: "cloudwatch-logs", destination: "other" }];
  expect(judge(cacheRules, "cache-logs-arrive", [cache({ logDeliveryConfigurations: named })]).outcome).toBe(
    "fail",
  );
});
