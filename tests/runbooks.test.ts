import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { platformAlerts, serviceAlerts } from "../model/alerts/catalogue.ts";
import { runbookPages } from "../model/alerts/links.ts";
import { loadSpec } from "../model/config/stack-spec.ts";
import { endpointClasses, type ServiceLevels } from "../model/service-levels/targets.ts";
import { prodConfig } from "./model/prod-config.ts";

/** The texts, which explain whatever a team may have; what is made of them is tested in tests/readiness/guide. */
const folder = new URL("../docs/runbooks/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".md"));
const text = (file: string) =>
  readFileSync(new URL(file, folder), "utf8").replaceAll(/^\{\{(?:if .*|end)\}\}\n/gm, "");
const pages = runbookPages.map((page) => `${page}.md`);
const alerts = Object.entries({ ...serviceAlerts, ...platformAlerts });

interface Heading {
  readonly level: number;
  readonly title: string;
}

/** The headings of a page, without those that are comments in code. */
function headings(file: string): readonly Heading[] {
  const prose = text(file).replaceAll(/^ *```[\s\S]*?^ *```$/gm, "");
  return [...prose.matchAll(/^(#+) (.+)$/gm)].map(([, marks = "", title = ""]) => ({
    level: marks.length,
    title,
  }));
}

/** The anchors that GitHub gives to headings; one that occurs again gets a number. */
function anchors(file: string): readonly string[] {
  const seen = new Map<string, number>();
  return headings(file).map(({ title }) => {
    const slug = title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-");
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

/** The alerts that a page explains: the headings below "Symptom". */
function symptoms(file: string): readonly string[] {
  const all = headings(file);
  const start = all.findIndex(({ title }) => title === "Symptom") + 1;
  const end = all.findIndex(({ level }, i) => i >= start && level === 2);
  return all.slice(start, end).map(({ title }) => title);
}

/** What the section about an alert says. */
function section(id: string): string {
  const page = alerts.find(([alert]) => alert === id)?.[1].runbook;
  return text(`${page}.md`).split(`### ${id}\n`)[1]?.split(/^#/m)[0] ?? "";
}

/** The numbers of a service's levels that its alerts speak of. */
function promised(levels: ServiceLevels): Readonly<Record<string, readonly string[]>> {
  const { latency, overallLatency, pageResponseMs, errorRate, availability, cacheHitRate } = levels;
  const p95 = ({ alertMs, targetMs }: typeof overallLatency) => [
    `above ${alertMs} ms`,
    `target ${targetMs} ms`,
  ];
  const page = [`${pageResponseMs / 1000} s`];
  return {
    ...Object.fromEntries(endpointClasses.map((name) => [`latency-${name}`, p95(latency[name])])),
    "latency-overall": p95(overallLatency),
    "latency-p99": page,
    "page-load-slow": page,
    "uptime-homepage": page,
    "uptime-health": page,
    "uptime-page": page,
    "uptime-api": page,
    "error-rate": [`than ${errorRate.alertPercent} %`, `below ${errorRate.targetPercent} %`],
    "error-rate-high": [`than ${errorRate.runbookPercent} %`],
    "availability-budget-spent": [`${availability.targetPercent} %`],
    "cache-hit-rate-low": [`than ${cacheHitRate.alertPercent} %`, `above ${cacheHitRate.targetPercent} %`],
  };
}

describe("runbooks", () => {
  it("are the pages that alerts may link to, and the one that explains them", () => {
    expect(files.toSorted()).toEqual(["README.md", ...pages].toSorted());
  });

  it.each(pages)("%s has the headings in their order", (file) => {
    const sections = headings(file).filter(({ level }) => level === 2);
    expect(sections.map(({ title }) => title)).toEqual([
      "Symptom",
      "Impact",
      "First five minutes",
      "Telling causes apart",
      "Mitigation",
      "Who to call",
      "After",
    ]);
  });

  it.each(alerts)("%s is explained where it links to", (id, { runbook }) => {
    expect(symptoms(`${runbook}.md`)).toContain(id);
    expect(anchors(`${runbook}.md`)).toContain(id);
  });

  it.each(pages)("%s explains alerts that link to it, and no others", (file) => {
    const linking = alerts.filter(([, { runbook }]) => `${runbook}.md` === file).map(([id]) => id);
    expect(linking).not.toEqual([]);
    expect(symptoms(file).toSorted()).toEqual(linking.toSorted());
  });

  it.each(
    loadSpec("prod", prodConfig()).services.flatMap(({ name, serviceLevels }) =>
      Object.entries(promised(serviceLevels)).map(([id, numbers]) => [name, id, numbers] as const),
    ),
  )("say of %s's %s which numbers are promised", (_service, id, numbers) => {
    for (const number of numbers) expect(section(id)).toContain(number);
  });

  it.each(files)("%s links to what exists", (file) => {
    const links = [...text(file).matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]+))?\)/g)];
    const broken = links.filter(([, page, anchor]) => {
      const target = page || file;
      return !files.includes(target) || (anchor !== undefined && !anchors(target).includes(anchor));
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it.each(files)("%s has commands that a shell can read", (file) => {
    const blocks = [...text(file).matchAll(/^( *)```sh\n([\s\S]*?)^\1```$/gm)];
    for (const [, indent = "", block = ""] of blocks) {
      const script = block.replaceAll(new RegExp(`^${indent}`, "gm"), "");
      expect(() => execFileSync("bash", ["-n"], { input: script, stdio: "pipe" })).not.toThrow();
    }
  });

  it.each(["high-error-rate.md", "service-outage.md", "deployments.md"])(
    "%s warns of what a rollback brings back",
    (file) => {
      const mitigation = text(file).split("## Mitigation")[1] ?? "";
      expect(mitigation).toContain("vercel rollback https://");
      expect(mitigation).toMatch(/environment variables/i);
      expect(mitigation).toMatch(/crons/i);
      expect(mitigation).toMatch(/automatic promotion/i);
    },
  );
});
