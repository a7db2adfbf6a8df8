import { describe, expect, it } from "vitest";
import { among, args, type Declared, declare } from "./support/declare-on-call.ts";

const declared = await declare();
const { all } = among(declared);

describe("OnCall", () => {
  it("declares the same in a preview, where no id is known", async () => {
    const key = ({ type, name }: Declared) => `${type} ${name}`;
    const preview = await declare({}, true);
    expect(preview.map(key).toSorted()).toEqual(declared.map(key).toSorted());
  });

  it("silences announced work, but never SEV1", async () => {
    const work = { from: "2026-12-05T02:00:00Z", to: "2026-12-05T04:00:00Z", reason: "PostgreSQL 18" };
    const maintenance = [{ ...work, services: ["platform"] }];
    const announced = await declare({ onCall: { ...args.onCall, maintenance } });
    expect(among(announced).one("MaintenanceWindow", `on-call-maintenance-${work.from}`)).toEqual({
      description: "PostgreSQL 18",
      startTime: work.from,
      endTime: work.to,
      services: ["sev2", "sev3", "sev4"].map((severity) => `Service on-call-platform-${severity}`),
    });
    expect(all("MaintenanceWindow")).toEqual([]);
  });
});
