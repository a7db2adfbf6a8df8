import { expect, it } from "vitest";
import { queryLogRules } from "../../../../policies/rules/edge/query-logs.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { unknown } from "../../support/stack.ts";

const allowed = {
  Effect: "Allow",
  Principal: { Service: "route53.amazonaws.com" },
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: "arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/*",
};
const zone = resource("aws:route53/zone:Zone", "zone", { name: "example.com" });
const group = (props: object = {}) =>
  resource("aws:cloudwatch/logGroup:LogGroup", "queries", {
    name: "/aws/route53/example.com",
    region: "us-east-1",
    retentionInDays: 365,
    ...props,
  });
const letting = (policyDocument: unknown) =>
  resource("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "policy", { policyDocument });
const policy = (change: object = {}) => letting(JSON.stringify({ Statement: [{ ...allowed, ...change }] }));
const logged = (to = group(), own = policy()) => [
  zone,
  to,
  own,
  resource("aws:route53/queryLog:QueryLog", "log", {}, { zoneId: [zone], cloudwatchLogGroupArn: [to] }),
];

it.each([
  ["logged", logged(), "pass"],
  ["not logged", [zone], "fail"],
  ["logged elsewhere", logged(group({ region: "eu-west-1" })), "fail"],
  ["logged by a service that may not", logged(group(), policy({ Effect: "Deny" })), "fail"],
  [
    "logged by a service that may write nothing",
    logged(group(), policy({ Action: "logs:CreateLogStream" })),
    "fail",
  ],
  ["logged under a policy that is not known yet", logged(group(), letting(unknown)), "unknown"],
])("what is asked is %s", (_, resources, expected) => {
  expect(judge(queryLogRules, "edge-dns-queries-logged", resources).outcome).toBe(expected);
});

it.each([
  [365, "pass"],
  [30, "fail"],
  [unknown, "unknown"],
])("what was asked is kept for %s days", (retentionInDays, expected) => {
  expect(judge(queryLogRules, "edge-dns-queries-kept", logged(group({ retentionInDays }))).outcome).toBe(
    expected,
  );
});
