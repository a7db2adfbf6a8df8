import { expect, it } from "vitest";
import { ofSeverity, severityOf } from "../../../policies/declared/on-call.ts";
import { types } from "../support/paged-stack.ts";
import { resourceOf } from "../support/stack.ts";

it.each([
  ["portal-prod-sev1", "SEV1"],
  ["portal-sev2-sev4", "SEV4"],
  ["portal-prod-sev1-old", undefined],
  ["portal-prod-sev10", undefined],
  ["portal-prodsev1", undefined],
  [undefined, undefined],
])("the name %s ends in the severity %s", (name, expected) => {
  const service = resourceOf(types.service, { name });
  expect(severityOf(service)).toBe(expected);
  expect(ofSeverity("SEV1", "SEV2")(service)).toBe(expected === "SEV1");
});
