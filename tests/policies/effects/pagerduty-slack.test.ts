import { expect, it } from "vitest";
import { postedEvents, type SlackFilter } from "../../../policies/effects/pagerduty-slack.ts";

const events = ["incident.triggered"];

it.each<[filter: Omit<SlackFilter, "events">, urgency: string | undefined, posted: boolean]>([
  [{}, "high", true],
  [{}, undefined, true],
  [{ priorities: [] }, "high", true],
  [{ priorities: ["*"] }, "high", true],
  [{ priorities: ["PPRIO1", "*"] }, "high", true],
  [{ priorities: ["PPRIO1"] }, "high", false],
  [{ urgency: "high" }, "high", true],
  [{ urgency: "" }, "low", true],
  [{ urgency: "low" }, "high", false],
  [{ urgency: "high" }, undefined, false],
])("a filter %j of urgency %s posts: %s", (filter, urgency, posted) => {
  expect([...postedEvents([{ ...filter, events }], urgency)]).toEqual(posted ? events : []);
});

it("posts what any of several filters lets pass", () => {
  const filters = [
    { events: ["incident.triggered"], urgency: "high" },
    { events: ["incident.resolved"], urgency: "low" },
    { events: ["incident.acknowledged"] },
  ];
  expect([...postedEvents(filters, "high")]).toEqual(["incident.triggered", "incident.acknowledged"]);
});
