import { expect, it } from "vitest";
import { declaredAlerts } from "../../../policies/declared/alert.ts";
import { types } from "../support/paged-stack.ts";
import { declared, stackOf } from "../support/stack.ts";

const alertOf = (type: string, props: Readonly<Record<string, unknown>>) =>
  declaredAlerts(stackOf([declared(type, { name: "alert", ...props })]))[0];

it.each([types.monitor, types.check])("%s without a message or tags addresses nobody", (type) => {
  expect(alertOf(type, {})).toMatchObject({ message: "", tags: [], handles: [], severity: undefined });
});

it.each<[string, readonly string[]]>([
  ["@pagerduty-portal-prod-sev1", ["portal-prod-sev1"]],
  ["Down.\n@pagerduty-portal_2-sev1, @slack-ops @pagerduty-b.", ["portal_2-sev1", "b"]],
  ["@pagerduty", []],
])("%j addresses %j", (message, handles) => {
  expect(alertOf(types.monitor, { message })?.handles).toEqual(handles);
});

it.each<[readonly string[], string | undefined]>([
  [["severity:sev2", "service:portal"], "sev2"],
  [["severity:sev2", "severity:sev1"], undefined],
  [["my-severity:sev2"], undefined],
])("tags %j say the severity %s", (tags, severity) => {
  expect(alertOf(types.monitor, { tags })?.severity).toBe(severity);
});
