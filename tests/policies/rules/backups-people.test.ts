/** Who makes backups, and who hears of those that failed. */
import { describe, expect, it } from "vitest";
import { backupsRules } from "../../../policies/rules/backups.ts";
import { resource } from "../support/linked.ts";
import { judge } from "../support/outcome.ts";
import { unknown } from "../support/stack.ts";

describe("backups-failures-reach-people", () => {
  const topics = ["first", "second"].map((name) => resource("aws:sns/topic:Topic", name));
  const subscription = resource(
    "aws:sns/topicSubscription:TopicSubscription",
    "mail",
    { filterPolicy: JSON.stringify({ State: ["FAILED", "EXPIRED", "ABORTED"] }) },
    {
      topic: topics.slice(1),
    },
  );
  const notices = (to: typeof topics) =>
    resource("aws:backup/vaultNotifications:VaultNotifications", "notices", {}, { snsTopicArn: to });

  it.each([
    ["with a subscriber", notices(topics.slice(1)), "pass"],
    ["that nobody reads", notices(topics.slice(0, 1)), "fail"],
    ["of another stack", notices([]), "fail"],
  ])("by a topic %s", (_, told, expected) => {
    const stack = [...topics, subscription, told];
    expect(judge(backupsRules, "backups-failures-reach-people", stack).outcome).toBe(expected);
  });
});

describe("a subscription", () => {
  const topic = resource("aws:sns/topic:Topic", "failures");
  const notices = resource(
    "aws:backup/vaultNotifications:VaultNotifications",
    "n",
    {},
    { snsTopicArn: [topic] },
  );
  const person = resource("pagerduty:index/user:User", "person", { email: "ops@example.com" });
  const subscribed = (props: object) =>
    resource("aws:sns/topicSubscription:TopicSubscription", "mail", { ...props }, { topic: [topic] });
  const filter = (State: unknown, more: object = {}) => ({
    filterPolicy: JSON.stringify({ State, ...more }),
  });

  it.each<[string, object, string]>([
    ["without a filter, among all successes,", {}, "fail"],
    ["of all but successes", filter([{ "anything-but": "COMPLETED" }]), "pass"],
    ["of each failure by name", filter(["FAILED", "EXPIRED", "ABORTED"]), "pass"],
    ["of one kind of failure", filter(["FAILED"]), "fail"],
    ["of successes", filter(["COMPLETED"]), "fail"],
    ["of a state that does not exist", filter(["BROKEN"]), "fail"],
    ["of another attribute, too", filter(["FAILED", "EXPIRED", "ABORTED"], { region: ["a"] }), "fail"],
    [
      "of the body",
      { ...filter([{ "anything-but": "COMPLETED" }]), filterPolicyScope: "MessageBody" },
      "fail",
    ],
    ["of what is not known yet", { filterPolicy: unknown }, "unknown"],
  ])("%s tells failures", (_, props, expected) => {
    const stack = [topic, notices, subscribed(props)];
    expect(judge(backupsRules, "backups-failures-reach-people", stack).outcome).toBe(expected);
  });

  it.each([
    ["email", "ops@example.com", "pass"],
    ["email", "someone@example.org", "unknown"],
    ["https", "ops@example.com", "unknown"],
  ])("by %s to %s: %s", (protocol, endpoint, expected) => {
    const stack = [topic, person, subscribed({ protocol, endpoint })];
    expect(judge(backupsRules, "backups-notices-to-own-people", stack).outcome).toBe(expected);
  });
});

describe("a role of AWS Backup", () => {
  const role = (props = {}) => resource("aws:iam/role:Role", "role", props);
  const selected = (by: ReturnType<typeof role>) =>
    resource("aws:backup/selection:Selection", "s", {}, { iamRoleArn: [by] });
  const grant = (by: ReturnType<typeof role>, Action: unknown) =>
    resource(
      "aws:iam/rolePolicy:RolePolicy",
      "p",
      { policy: { Statement: { Effect: "Allow", Action, Resource: unknown } } },
      { role: [by] },
    );
  const denied = (Resource: string) => ({
    Statement: { Effect: "Deny", Action: "rds:CopyDBSnapshot", Resource },
  });
  const aws = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup";

  it.each<[string, ReturnType<typeof role>[], string]>([
    [
      "that may take and copy backups",
      [role(), selected(role()), grant(role(), ["rds:*", "backup:Copy*", "kms:*"])],
      "pass",
    ],
    [
      "that a denial keeps from copying",
      [role({ managedPolicyArns: [aws], inlinePolicies: [{ policy: denied("*") }] }), selected(role())],
      "fail",
    ],
    [
      "that a denial keeps from copying something",
      [
        role({
          managedPolicyArns: [aws],
          inlinePolicies: [{ policy: denied("arn:aws:rds:*:*:snapshot:a*") }],
        }),
        selected(role()),
      ],
      "unknown",
    ],
    ["that has AWS's own policy", [role({ managedPolicyArns: [aws] }), selected(role())], "pass"],
    ["that may not copy", [role(), selected(role()), grant(role(), "rds:*")], "fail"],
    ["that may do nothing", [role(), selected(role())], "fail"],
    ["of another stack", [resource("aws:backup/selection:Selection", "s", { iamRoleArn: "arn" })], "fail"],
  ])("%s", (_, stack, expected) => {
    expect(judge(backupsRules, "backups-role-works", stack).outcome).toBe(expected);
  });
});
