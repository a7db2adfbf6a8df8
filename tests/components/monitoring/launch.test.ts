import { expect, it } from "vitest";
import { Monitoring } from "../../../components/monitoring.ts";
import { loadSpec } from "../../../model/config/stack-spec.ts";
import { prodConfig } from "../../model/prod-config.ts";
import { declare, inputsOf } from "../support/declare.ts";

it.each([
  [{}, ["live"], [undefined]],
  [{ "readiness:launch": "pending" }, ["paused"], ["draft"]],
])("with %o checks are %j and alerts %j", async (more, checks, alerts) => {
  const spec = loadSpec("prod", { ...prodConfig(), ...more });
  const declared = await declare(() => new Monitoring("portal-monitoring", { spec, secretOf: String }));
  const each = (type: string, property: string) => [
    ...new Set(inputsOf(declared, type).map((inputs) => inputs[property])),
  ];
  expect(each("SyntheticsTest", "status")).toEqual(checks);
  expect(each("Monitor", "draftStatus")).toEqual(alerts);
});
