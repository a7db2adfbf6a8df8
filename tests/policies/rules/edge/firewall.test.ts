import { describe, expect, it } from "vitest";
import { firewallRules } from "../../../../policies/rules/edge/firewall.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { unknown } from "../../support/stack.ts";

const key = resource("aws:kms/key:Key", "key");
/** A log group whose key is what flows into it, or stands there. */
const group = (name: string, keys: readonly Registration[], props: object) =>
  resource("aws:cloudwatch/logGroup:LogGroup", name, { ...props }, { kmsKeyId: keys });
const log = (groups: readonly Registration[]) =>
  resource(
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    "log",
    { logDestinationConfigs: groups.map(() => unknown) },
    { logDestinationConfigs: groups },
  );
const own = group("own", [key], { kmsKeyId: unknown });
const plain = group("plain", [], {});
const theirs = group("theirs", [], { kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/2" });

describe("edge-firewall-logs-own-key", () => {
  it.each<[string, readonly Registration[], string]>([
    ["to a group with a key of the stack's", [key, own, log([own])], "pass"],
    ["to a group without a key", [plain, log([plain])], "fail"],
    ["to one of each", [key, own, plain, log([own, plain])], "fail"],
    ["to a group with somebody's key", [theirs, log([theirs])], "fail"],
    ["nowhere in this stack", [key, own, log([])], "fail"],
  ])("a log that goes %s", (_, resources, expected) => {
    expect(judge(firewallRules, "edge-firewall-logs-own-key", resources).outcome).toBe(expected);
  });
});
