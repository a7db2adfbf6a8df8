/** What the bench measures: each function answers one question. */
import { join } from "node:path";
import type { Registration } from "../../readiness/engine/registration.ts";
import { runProgram } from "../../readiness/engine/run-program.ts";
import { loadStack } from "../../readiness/inputs/stack-file.ts";
import { sideBySide } from "./arithmetic.ts";
import { type CheckFigures, checker, mockRunner, prodChecker } from "./check.ts";
import { programOf } from "./graph.ts";
import { ask, questionsOf } from "./pack.ts";
import { type PreviewFigures, previewer } from "./preview.ts";
import { stackFile } from "./stack-files.ts";
import { kilobytes, megabytes, milliseconds, type Row, type Section, seconds } from "./table.ts";
import * as workspace from "./workspace.ts";

export interface Size {
  readonly rounds: number;
  /** Of what takes minutes. */
  readonly longRounds: number;
  /** Resources of the program that both sides preview. */
  readonly previewed: number;
  /** Resources that the packs are asked about; linear growth is demanded from the second count to the third. */
  readonly asked: readonly [number, number, number];
  /** Services of this project's own stack, of which the packs are asked about every resource. */
  readonly owned: number;
  /** Services of the stacks that are checked; growth is seen against the second count. */
  readonly services: readonly [number, number, ...number[]];
  /** Services of the stack whose program is run against Pulumi's mocks as well. */
  readonly mocked: number;
}

const other = "ts-node, AWSGuard";

/** Real previews of one program: as this project runs it, with its pack, and as Pulumi's templates do. */
export async function previews(folder: string, { rounds, previewed }: Size): Promise<Section[]> {
  const source = programOf(previewed);
  const native = workspace.writeNativeProgram(join(folder, "native"), source);
  const template = workspace.writeFiles(workspace.installTemplate(), { "index.ts": source });
  const awsGuard = workspace.installAwsGuard();
  const sides = (keepCache: boolean) => ({
    ours: previewer({
      project: native,
      stack: "dev",
      pack: workspace.ourPack,
      folder: join(folder, "a"),
      keepCache,
    }),
    other: previewer({
      project: template,
      stack: "dev",
      pack: awsGuard,
      folder: join(folder, "b"),
      keepCache,
    }),
  });
  const changed = await sideBySide(rounds, sides(false));
  const again = sides(true);
  await sideBySide(1, again);
  const unchanged = await sideBySide(rounds, again);
  return [
    { title: `Preview, ${previewed} resources, changed program`, other, rows: previewRows(changed, true) },
    { title: "Preview once more, ts-node's cache kept", other, rows: previewRows(unchanged, false) },
  ];
}

function previewRows(
  { ours, other }: Readonly<Record<"ours" | "other", PreviewFigures>>,
  barred: boolean,
): Row[] {
  const row = (label: string, figure: keyof PreviewFigures, limit: number): Row => ({
    label,
    unit: figure === "ms" ? seconds : megabytes,
    ours: ours[figure],
    other: other[figure],
    ...(barred && { bar: { ratio: limit } }),
  });
  return [
    row("time", "ms", 0.5),
    row("peak memory of program and pack", "mb", 0.4),
    row("peak memory with the CLI", "withCliMb", 0.4),
  ];
}

/** What the packs take for each resource, start-up left out. */
export async function policies(folder: string, { longRounds, asked, owned }: Size): Promise<Section[]> {
  const packs = {
    ours: workspace.ourPack,
    other: workspace.installAwsGuard(),
    empty: workspace.writeEmptyPack(join(folder, "empty")),
  };
  const graphs = [
    ...(await Promise.all(asked.map((count) => awsResources(folder, count)))),
    await ownResources(join(folder, "owned"), owned),
  ];
  const sides: Record<string, () => Promise<{ readonly ms: number }>> = {};
  for (const { label, registrations } of graphs) {
    const questions = questionsOf(registrations);
    for (const [side, pack] of Object.entries(packs)) {
      sides[`${side} ${label}`] = async () => ({ ms: (await ask(pack, questions)) / registrations.length });
    }
  }
  const taken = await sideBySide(longRounds, sides);
  const ms = (side: string, label: string) => taken[`${side} ${label}`]?.ms ?? Number.NaN;
  const [, few = "", many = "", own = ""] = graphs.map(({ label }) => label);
  const rules = (side: string, label: string) => ms(side, label) - ms("empty", label);
  return [
    {
      title: "Policy time for each resource",
      other: "AWSGuard",
      rows: graphs.map(({ label }) => ({
        label,
        unit: milliseconds,
        ours: ms("ours", label),
        other: ms("other", label),
        ...([many, own].includes(label) && { bar: { ours: 1 } }),
      })),
    },
    {
      title: "Of it, more than an empty pack takes",
      other: "AWSGuard",
      rows: graphs.map(({ label }) => ({
        label,
        unit: milliseconds,
        ours: rules("ours", label),
        other: rules("other", label),
      })),
    },
    {
      title: "Growth of policy time",
      other: few,
      rows: [
        {
          label: many,
          unit: milliseconds,
          ours: ms("ours", many),
          other: ms("ours", few),
          bar: { ratio: 1.15 },
        },
      ],
    },
  ];
}

interface Graph {
  readonly label: string;
  readonly registrations: readonly Registration[];
}

async function awsResources(folder: string, count: number): Promise<Graph> {
  const projectDir = workspace.writeNativeProgram(join(folder, `asked-${count}`), programOf(count));
  const config = { "aws:region": "eu-central-1" };
  const { registrations } = await runProgram({ projectDir, stack: "prod", config, secretKeys: [] });
  return { label: `${count} of AWS`, registrations };
}

/** AWSGuard asks AWS itself about certificates, so neither pack is asked about them. */
async function ownResources(folder: string, services: number): Promise<Graph> {
  const projectDir = workspace.writeProject(folder, { prod: stackFile("prod", services) });
  const { registrations } = await runProgram({ projectDir, stack: "prod", ...loadStack(projectDir, "prod") });
  const others = registrations.filter(({ type }) => type !== "aws:acm/certificate:Certificate");
  return { label: `${others.length} of our own stack`, registrations: others };
}

/** `check` from a cold start, against the real preview of the same stack with the same pack. */
export async function checks(folder: string, { rounds }: Size): Promise<Section[]> {
  const project = workspace.writeProject(folder, { staging: stackFile("staging"), prod: stackFile("prod") });
  const preview = (stack: string) => {
    const run = previewer({ project, stack, pack: workspace.ourPack, folder: join(folder, "engine") });
    return async () => {
      const { ms, withCliMb } = await run();
      return { ms, mb: withCliMb };
    };
  };
  const taken = await sideBySide(rounds, {
    staging: checker(project, "--stack", "staging"),
    prod: checker(project, "--stack", "prod"),
    all: checker(project, "--all"),
    previewStaging: preview("staging"),
    previewProd: preview("prod"),
  });
  const { staging, prod, all, previewStaging, previewProd } = taken;
  const both = { ms: previewStaging.ms + previewProd.ms, mb: Math.max(previewStaging.mb, previewProd.mb) };
  const rows = (
    label: string,
    ours: CheckFigures,
    other: CheckFigures,
    limits: Partial<CheckFigures> = {},
  ): Row[] => [
    { label: `${label}, time`, unit: seconds, ours: ours.ms, other: other.ms, ...barAt(limits.ms) },
    { label: `${label}, peak memory`, unit: megabytes, ours: ours.mb, other: other.mb, ...barAt(limits.mb) },
  ];
  return [
    {
      title: "Cold check",
      other: "real preview",
      rows: [
        ...rows("--stack staging", staging, previewStaging),
        ...rows("--stack prod", prod, previewProd, { ms: 1200 }),
        ...rows("--all", all, both, { ms: 2000, mb: 300 }),
      ],
    },
  ];
}

function barAt(limit: number | undefined): Pick<Row, "bar"> {
  return limit === undefined ? {} : { bar: { ours: limit } };
}

/** How `check` grows with the services of a stack. */
export async function services(folder: string, { longRounds, services }: Size): Promise<Section[]> {
  const sides = services.map((count) => {
    const project = workspace.writeProject(join(folder, `services-${count}`), {
      prod: stackFile("prod", count),
    });
    return [String(count), prodChecker(project)] as const;
  });
  const taken = await sideBySide(longRounds, Object.fromEntries(sides));
  const each = services.map((count) => {
    const { ms, mb, resources } = taken[String(count)] ?? {
      ms: Number.NaN,
      mb: Number.NaN,
      resources: Number.NaN,
    };
    return {
      label: `${count} ${count === 1 ? "service" : "services"}, ${resources} resources`,
      ms: ms / resources,
      mb: mb / resources,
    };
  });
  const [, base] = each;
  if (!base) return [];
  return [
    {
      title: "Check, time and peak memory for each resource",
      other: `with ${services[1]} services`,
      rows: each.flatMap(({ label, ms, mb }) => [
        { label: `${label}, time`, unit: milliseconds, ours: ms, other: base.ms },
        { label: `${label}, memory`, unit: kilobytes, ours: mb, other: base.mb },
      ]),
    },
  ];
}

/** `check`, rules and report with it, beside the program alone against Pulumi's mocks. */
export async function mocks(folder: string, { longRounds, mocked }: Size): Promise<Section[]> {
  const project = workspace.writeProject(folder, { prod: stackFile("prod", mocked) });
  const taken = await sideBySide(longRounds, {
    ours: checker(project, "--stack", "prod"),
    other: mockRunner(project, "prod"),
  });
  const { ours, other } = taken;
  return [
    {
      title: `Check of ${mocked} services`,
      other: "Pulumi's mocks",
      rows: [
        { label: "time", unit: seconds, ours: ours.ms, other: other.ms },
        { label: "peak memory", unit: megabytes, ours: ours.mb, other: other.mb },
      ],
    },
  ];
}
