import { describe, expect, it } from "vitest";
import { type Health, judged, memory, statusCodes } from "../../server/health.ts";

const well = { status: "healthy", detail: "" } as const;
const ill = { status: "unhealthy", detail: "" } as const;

describe("health", () => {
  it.each<[keyof Health["checks"] | undefined, number]>([
    [undefined, 200],
    ["redis", 503],
    ["memory", 503],
    ["database", 500],
  ])("without its %s is %d", (without, code) => {
    const checks = { database: well, redis: well, memory: well, ...(without && { [without]: ill }) };
    expect(statusCodes[judged(checks).status]).toBe(code);
  });

  it("without database and cache is that without its database", () => {
    expect(judged({ database: ill, redis: ill, memory: well }).status).toBe("unhealthy");
  });
});

it.each([
  [89, "healthy"],
  [90, "unhealthy"],
])("a heap that is full to %d %% is %s", (used, status) => {
  expect(memory({ used_heap_size: used, heap_size_limit: 100 }).status).toBe(status);
});
