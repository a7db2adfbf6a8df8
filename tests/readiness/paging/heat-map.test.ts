import { describe, expect, it } from "vitest";
import { onCallSvg } from "../../../readiness/on-call/svg.ts";
import { type OnCallReport, onCallText } from "../../../readiness/on-call/text.ts";
import { gridOf } from "../../../readiness/paging/heat-map.ts";
import { type Rota, yearOf } from "../../../readiness/paging/rotations.ts";
import { painter } from "../../../readiness/terminal/layout.ts";

const instant = Date.parse("2026-11-23T12:00:00Z");
const layer = {
  start: "2026-01-05T09:00:00Z",
  rotationVirtualStart: "2026-01-05T09:00:00Z",
  rotationTurnLengthSeconds: 604_800,
};

function rota(end?: string): Rota {
  const layers = [{ ...layer, people: ["Amara <Okafor>", "Jonas Lindqvist"], end }];
  return {
    rotation: "primary",
    name: "portal-prod-primary",
    schedule: { timeZone: "Europe/Zagreb", layers },
  };
}

function report(of: Rota): OnCallReport {
  const year = yearOf(of, instant);
  const open = year.filter(({ person }) => person === undefined);
  return {
    stack: "prod",
    severity: "SEV1",
    timeZone: "Europe/Zagreb",
    instant,
    note: undefined,
    rotations: [
      {
        rotation: "primary",
        name: of.name,
        duty: { person: year[0]?.person, until: year[1]?.from },
        grid: gridOf(of.schedule, year),
        uncovered: open.reduce((sum, { from, to }) => sum + to - from, 0),
      },
    ],
    escalation: {
      policy: "portal-prod-sev1",
      levels: [{ after: 60, told: ["primary: Amara"] }],
      repeats: 9,
      cycle: 420,
    },
    rings: instant,
    over: [],
    pauses: [],
    windows: [],
    quietness: { pagesAWeek: 0, ceilings: { each: 1, paging: 1 }, alerts: [], detection: [] },
    outages: [],
  };
}

describe("a year at a glance", () => {
  const whole = gridOf(rota().schedule, yearOf(rota(), instant));

  it("has a cell for every day, weeks from Monday on", () => {
    const days = whole.flat().filter((cell) => cell !== undefined);
    expect(days.map(({ date }) => date).slice(0, 2)).toEqual(["2026-11-23", "2026-11-24"]);
    expect(new Set(days.map(({ date }) => date)).size).toBe(366);
    for (const [i, week] of whole.entries()) {
      for (const [weekday, cell] of week.entries()) {
        if (cell) expect(new Date(cell.date).getUTCDay(), `${i}`).toBe((weekday + 1) % 7);
      }
    }
  });

  it("covers days of 23 and 25 hours like any other", () => {
    expect(whole.flat().every((cell) => cell === undefined || cell.covered === 1)).toBe(true);
  });

  it("tells the share of a day that somebody has, and who has most of it", () => {
    const [first] = gridOf(
      rota("2026-11-25T05:00:00Z").schedule,
      yearOf(rota("2026-11-25T05:00:00Z"), instant),
    );
    expect(first?.map((cell) => [cell?.date, cell?.covered])).toContainEqual(["2026-11-25", 0.25]);
    expect(first?.at(-1)).toEqual({ date: "2026-11-29", covered: 0, person: undefined });
    // The turn changes at ten, local time, on Monday the 30th.
    expect(whole[1]?.[0]?.person).not.toBe(whole[0]?.[1]?.person);
  });
});

describe("the text", () => {
  it("says who, until when, whom next, and how the year looks", () => {
    const text = onCallText(report(rota()), 100, painter(false));
    expect(text).toContain("prod, SEV1, Mon 23 Nov 2026, 13:00 Europe/Zagreb (12:00 UTC)");
    expect(text).toContain("primary  Amara <Okafor>, until Mon 30 Nov 2026, 10:00");
    expect(text).toContain("+1 min   13:01 (12:01 UTC)  level 1: primary: Amara");
    expect(text).toContain("Twelve months of portal-prod-primary: somebody at every moment");
    expect(text).not.toContain("\u001b");
  });

  it("tells of a year's maintenance, and warns at a moment of it that nobody is paged", () => {
    const window = {
      from: Date.parse("2026-11-23T11:00:00Z"),
      to: Date.parse("2026-11-23T13:00:00Z"),
      names: ["work"],
      reason: "a new database",
      services: ["portal-prod-sev1", "portal-prod-sev2"],
    };
    const text = onCallText({ ...report(rota()), windows: [window] }, 200, painter(false));
    expect(text).toContain(
      "\n  ! nobody is paged by portal-prod-sev1 until Mon 23 Nov 2026, 14:00: maintenance, a new database\n",
    );
    expect(text).toContain(
      "Silent on purpose in these twelve months\n  Mon 23 Nov 2026, 12:00 to Mon 23 Nov 2026, 14:00 " +
        "Europe/Zagreb (2 h): portal-prod-sev1, portal-prod-sev2; a new database\n",
    );
    expect(text).toContain("somebody at every moment");
    for (const other of [
      { ...window, to: instant },
      { ...window, from: instant + 1 },
      { ...window, services: ["portal-prod-sev2"] },
    ]) {
      expect(onCallText({ ...report(rota()), windows: [other] }, 100, painter(false))).not.toContain("paged");
    }
  });

  it("warns of a service that does not page at once", () => {
    const pauses = [{ service: "portal-prod-sev1", seconds: 300 }];
    const text = onCallText({ ...report(rota()), pauses }, 200, painter(false));
    expect(text).toContain(
      "\n  ! portal-prod-sev1 lets alerts that it takes for transient wait for 5 min before level 1\n",
    );
  });

  it.each([40, 60, 100])("keeps within %i columns", (width) => {
    for (const line of onCallText(report(rota()), width, painter(false)).split("\n")) {
      expect(line.length, line).toBeLessThanOrEqual(width);
    }
  });

  it("shows days without anybody, without any colour too", () => {
    const text = onCallText(report(rota("2027-01-01T00:00:00Z")), 100, painter(false));
    expect(text).toContain("nobody for 327 days");
    expect(text).toMatch(/Wed +█+·+/);
  });

  it("paints for a terminal", () => {
    expect(onCallText(report(rota()), 100, painter(true))).toContain("\u001b[36mAmara <Okafor>");
  });
});

it("draws a picture in which names are text", () => {
  const svg = onCallSvg(report(rota("2027-01-01T00:00:00Z")));
  expect(svg).toMatch(/^<svg [^>]*>\n<title>On call for prod, twelve months<\/title>/);
  expect(svg.match(/<rect [^>]*><title>\d{4}-\d\d-\d\d: /g)).toHaveLength(366);
  expect(svg).toContain("Amara &#60;Okafor&#62;");
  expect(svg).toContain("2027-06-01: nobody, 0 %");
});
