import { describe, expect, it } from "vitest";
import { accessLogRules } from "../../../../policies/rules/edge/access-logs.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { type Props, site } from "../../support/site.ts";
import { unknown } from "../../support/stack.ts";

const outcome = (id: string, resources: readonly Registration[], stack = "prod") =>
  judge(accessLogRules, id, resources, stack).outcome;

const bucket = resource("aws:s3/bucket:Bucket", "logs");

describe("edge-access-logged", () => {
  const log = (kind: string, props: Props, links: Parameters<typeof resource>[3]) =>
    resource(`aws:cloudwatch/${kind[0]?.toLowerCase()}${kind.slice(1)}:${kind}`, kind, props, links);
  const delivered = (logType: unknown, from = true, to = true, props: Props = {}) => {
    const own = site();
    const destination = log("LogDeliveryDestination", {}, {});
    const source = log("LogDeliverySource", { logType }, { resourceArn: [own] });
    const delivery = log("LogDelivery", props, {
      deliverySourceName: from ? [source] : [],
      deliveryDestinationArn: to ? [destination] : [],
    });
    return [own, destination, source, delivery];
  };

  const whole = ["date", "time", "c-ip", "cs-method", "cs-uri-stem", "sc-status"];

  it.each([
    ["with everything that they can tell", delivered("ACCESS_LOGS"), "fail"],
    [
      "without cookies",
      delivered("ACCESS_LOGS", true, true, {
        recordFields: whole,
      }),
      "pass",
    ],
    [
      "with cookies",
      delivered("ACCESS_LOGS", true, true, { recordFields: [...whole, "cs(Cookie)"] }),
      "fail",
    ],
    ["without who asks", delivered("ACCESS_LOGS", true, true, { recordFields: ["date"] }), "fail"],
    ["but for who asks for what", delivered("CONNECTION_LOGS"), "fail"],
    ["to nothing of this stack", delivered("ACCESS_LOGS", true, false), "fail"],
    ["from another site", delivered("ACCESS_LOGS", false), "fail"],
    ["nowhere", [site()], "fail"],
    ["of a kind that is not known yet", delivered(unknown), "unknown"],
  ])("logs go %s", (_, resources, expected) => {
    expect(outcome("edge-access-logged", resources)).toBe(expected);
  });
});

describe("edge-access-logs-kept", () => {
  const destination = resource(
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
    "logs",
    {},
    { deliveryDestinationConfiguration: [bucket] },
  );
  const kept = (...rules: readonly Props[]) => [
    bucket,
    destination,
    resource(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "logs",
      { rules },
      { bucket: [bucket] },
    ),
  ];
  const days = (n: unknown, status = "Enabled") => ({
    status,
    expiration: { days: n },
    noncurrentVersionExpiration: { noncurrentDays: 30 },
  });

  it.each([
    ["a year", "prod", kept(days(365)), "pass"],
    ["a day less", "prod", kept(days(364)), "fail"],
    ["a month in staging", "staging", kept(days(30)), "pass"],
    ["a day less in staging", "staging", kept(days(29)), "fail"],
    ["a year, and by another rule a week", "prod", kept(days(365), days(7)), "fail"],
    ["by a rule that is switched off", "prod", kept(days(365, "Disabled")), "fail"],
    [
      "for ever, as what has expired stays",
      "prod",
      kept({ status: "Enabled", expiration: { days: 365 } }),
      "fail",
    ],
    ["ten years and a month", "prod", kept(days(3_650)), "fail"],
    ["until a date", "prod", kept({ status: "Enabled", expiration: { date: "2027-01-01" } }), "fail"],
    ["nobody knows how long", "prod", [bucket, destination], "fail"],
    ["not known yet how long", "prod", kept(days(unknown)), "unknown"],
  ])("logs kept %s", (_, stack, resources, expected) => {
    expect(outcome("edge-access-logs-kept", resources, stack)).toBe(expected);
  });
});

describe("edge-access-logs-accepted", () => {
  const destination = (to = [bucket]) =>
    resource(
      "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
      "logs",
      {},
      { deliveryDestinationConfiguration: to },
    );
  const policy = (statement: Props) =>
    resource(
      "aws:s3/bucketPolicy:BucketPolicy",
      "logs",
      {
        policy: { Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource: unknown, ...statement }] },
      },
      { bucket: [bucket] },
    );
  const service = { Principal: { Service: "delivery.logs.amazonaws.com" } };

  it.each([
    ["accepts them", [destination(), policy(service)], "pass"],
    ["accepts others", [destination(), policy({ Principal: { Service: "example.amazonaws.com" } })], "fail"],
    ["hands them out alone", [destination(), policy({ ...service, Action: "s3:GetObject" })], "fail"],
    [
      "accepts them at another place",
      [destination(), policy({ ...service, Resource: "arn:aws:s3:::logs/other/*" })],
      "fail",
    ],
    ["says nothing", [destination()], "fail"],
    ["is not of this stack", [destination([]), policy(service)], "fail"],
  ])("the bucket of the logs %s", (_, resources, expected) => {
    expect(outcome("edge-access-logs-accepted", [bucket, ...resources])).toBe(expected);
  });
});
