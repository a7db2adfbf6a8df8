import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { severities, severityLevels } from "../model/on-call/severities.ts";
import { releasePhases } from "../model/release/phases.ts";
import { defaultServiceLevels, endpointClasses } from "../model/service-levels/targets.ts";

const project = join(import.meta.dirname, "..");
const requirements = readFileSync(join(project, "docs/requirements.md"), "utf8");
const headings = [...requirements.matchAll(/^## (.+)$/gm)].map(([, title]) => title);

/** The cells of the row that starts with this one. */
function row(first: string): readonly string[] {
  const line = requirements.split("\n").find((text) => text.startsWith(`| ${first}`));
  return line?.split("|").map((cell) => cell.trim()) ?? [];
}

/** Places that cite the requirements, each with the heading that it names. */
const citations = globSync("{index.ts,{model,components,policies,readiness,tools}/**/*.ts}", {
  cwd: project,
}).flatMap((file) => {
  // A comment may break the line between the word and the heading.
  const text = readFileSync(join(project, file), "utf8").replaceAll(/\s*\n\s*(\*|\/\/) ?/g, " ");
  return [...text.matchAll(/\brequirements,(?: "([^"]+)")?/gi)].map(([, heading]) => ({ file, heading }));
});

describe("the requirements", () => {
  it("are cited by headings that exist", () => {
    expect(citations.length).toBeGreaterThan(20);
    expect(citations.filter(({ heading }) => !headings.includes(heading))).toEqual([]);
  });

  it.each(endpointClasses)("promise of the class %s what monitors take for its default", (name) => {
    const { targetMs, alertMs } = defaultServiceLevels.latency[name];
    expect(row(name)).toEqual(["", name, `${targetMs} ms`, `${alertMs} ms`, ""]);
  });

  it.each(severities)("ask of a %s the response that escalations are timed by", (severity) => {
    const minutes = severityLevels[severity].responseMinutes;
    const response = minutes < 60 ? `< ${minutes} min` : `< ${minutes / 60} h`;
    expect(row(severity)).toContain(response);
  });

  it.each([
    ["before", "1 to 2 h", { usual: 60, most: 120 }],
    ["staging", "30 min", { usual: 30, most: 30 }],
    ["production", "15 to 30 min", { usual: 15, most: 30 }],
    ["rollback", "< 5 min", { usual: 5, most: 5 }],
    ["afterwards", "–", null],
  ])("give the phase %s of a release the time that its record is held against", (phase, time, budget) => {
    expect(row(`${phase} |`)[2]).toBe(time);
    expect(releasePhases.find(({ id }) => id === phase)?.budget).toEqual(budget);
  });
});
