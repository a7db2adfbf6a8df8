import { expect, it } from "vitest";
import { checkConfig, loadSpec } from "../../../model/config/stack-spec.ts";
import { prodConfig } from "../prod-config.ts";

const withJobs = (jobs: unknown) => prodConfig([["readiness:services", 0, "heartbeats"], jobs]);

it("a service needs to declare no jobs", () => {
  expect(loadSpec("prod", withJobs(undefined)).services[0]?.heartbeats).toBeUndefined();
});

it("jobs have distinct names", () => {
  const twice = [
    { name: "sync", everyMinutes: 5 },
    { name: "sync", everyMinutes: 60 },
  ];
  const { issues } = checkConfig("prod", withJobs(twice));
  expect(issues).toHaveLength(1);
  expect(issues[0]).toMatchObject({
    path: "readiness:services[0].heartbeats",
    message: expect.stringContaining("distinct names"),
  });
});

it.each([4, 2881])("no job runs every %i minutes", (everyMinutes) => {
  const { issues } = checkConfig("prod", withJobs([{ name: "sync", everyMinutes }]));
  expect(issues.map(({ path }) => path)).toEqual(["readiness:services[0].heartbeats[0].everyMinutes"]);
});
