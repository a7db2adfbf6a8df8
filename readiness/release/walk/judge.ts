/** What the gates of a release say: its file, its tag, the checklist, the verdict. */
import { checklist, type Purpose } from "../../../model/checklist/checklist.ts";
import { type SignOffItem, signOffs } from "../../../model/checklist/sign-offs.ts";
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { holdersOf } from "../../../model/on-call/people.ts";
import type { ItemsStep } from "../../../model/release/phases.ts";
import { allowsUpdate } from "../../../policies/release-verdict.ts";
import type { Commit } from "../../inputs/commit.ts";
import { git } from "../../inputs/git.ts";
import { textIfThere } from "../../inputs/if-there.ts";
import { digestOf } from "../../proofs/canonical.ts";
import { readRelease, releaseFile } from "../../proofs/release-file.ts";
import { reportDigest } from "../../proofs/sign-offs/report-digest.ts";
import type { ReportedItem, StackReport } from "../../report.ts";
import { showProgress } from "../../terminal/progress.ts";
import type { Gate, Judge, Judged, Signature } from "./standing.ts";
import type { World } from "./world.ts";

export interface JudgeInput {
  readonly projectDir: string;
  readonly spec: StackSpec;
  /** The stack that goes before. */
  readonly staging: string;
  readonly commit: Commit & { readonly id: string };
  readonly world: Pick<World, "assess" | "clock">;
}

export interface Judging {
  readonly judge: Judge;
  /** The reports that were needed so far. */
  readonly reports: readonly StackReport[];
}

/** @param input is asked for reports once each */
export function judging(input: JudgeInput): Judging {
  const { projectDir, spec, staging, commit, world } = input;
  const reports = new Map<string, Promise<StackReport>>();
  const found: StackReport[] = [];
  const reportFor = (stack: string, purpose: Purpose): Promise<StackReport> => {
    const key = `${stack} ${purpose}`;
    const known = reports.get(key);
    if (known) return known;
    showProgress(`Checking ${stack}`);
    const now = world.clock();
    const report = world.assess(projectDir, stack, Promise.resolve(commit), purpose, { now });
    reports.set(key, report);
    report.then(
      (made) => found.push(made),
      () => {},
    );
    return report;
  };
  const judge = async (step: Gate, isNext: boolean): Promise<Judged | undefined> => {
    if (step.kind === "seen") {
      return step.what === "tag" ? tagged(projectDir, commit.id, world.clock()) : written(input);
    }
    if (step.kind === "verdict") {
      return isNext ? verdict(await reportFor(spec.stack, "update")) : undefined;
    }
    if (step.stack === "staging") {
      return isNext ? items(step, await reportFor(staging, "release"), spec) : undefined;
    }
    return items(step, await reportFor(spec.stack, "release"), spec);
  };
  return { judge, reports: found };
}

const silent = { why: [], signatures: [], commands: [], report: null } as const;

function written({ projectDir, spec, commit }: JudgeInput): Judged {
  const file = releaseFile(spec.stack);
  const text = textIfThere(projectDir, file);
  const commands = [
    `npm run release -- --stack ${spec.stack} ${spec.services.map(({ name }) => `--service ${name}=COMMIT --checkout ${name}=FOLDER`).join(" ")}`,
  ];
  if (text === undefined) {
    return { ...silent, outcome: "fail", proof: "", why: [`there is no ${file}`], commands };
  }
  const { value, issues } = readRelease(text, { ...spec, commit: commit.id });
  if (value) return { ...silent, outcome: "pass", proof: `${file}, ${digestOf(value)}` };
  const [left, wrong] = [issues.filter(isLeft), issues.filter((issue) => !isLeft(issue))];
  const places = left.map(({ source, path }) => `${path} (line ${source.line})`).join(", ");
  const why = [
    ...wrong.map(({ source, path, message }) => `${source.file}:${source.line}: ${path}: ${message}`),
    ...(left.length > 0 ? [`${file} still has brackets to fill in: ${places}`] : []),
  ];
  return { ...silent, outcome: "fail", proof: "", why, commands };
}

function isLeft({ message }: { readonly message: string }): boolean {
  return message.startsWith('found "[');
}

async function tagged(projectDir: string, commit: string, now: Date): Promise<Judged> {
  const tags = (await git(projectDir, ["tag", "--points-at", commit])).split("\n").filter(Boolean);
  if (tags.length > 0) return { ...silent, outcome: "pass", proof: tags.join(", ") };
  const name = `release-${now.toISOString().slice(0, 10)}`;
  const why = [`no tag names ${commit.slice(0, 12)}`];
  const commands = [`git tag --annotate ${name} --message "Release" && git push origin ${name}`];
  return { ...silent, outcome: "fail", proof: "", why, commands };
}

function verdict(report: StackReport): Judged {
  const { stack, verdict: said, reasons } = report;
  const proof = `${stack}: ${said}`;
  const digest = digestOfReport(report);
  if (allowsUpdate(said)) return { ...silent, outcome: "pass", proof, report: digest };
  return {
    ...silent,
    outcome: said === "NO-GO" ? "fail" : "unknown",
    proof,
    why: [`${proof}. ${reasons.join(" ")}`],
    commands: [`npm run check -- --stack ${stack} --for update --quiet`],
    report: digest,
  };
}

function items({ items: ids }: ItemsStep, report: StackReport, spec: StackSpec): Judged {
  const asked = report.checklist.filter((item) =>
    ids === "policy" ? item.required && proofOf(item) === "policy" : ids.includes(item.id),
  );
  const open = asked.filter(({ standing }) => !/^(proven|waived|not-applicable)$/.test(standing));
  const proof = `${asked.length - open.length} of ${asked.length} proven`;
  const digest = digestOfReport(report);
  if (open.length === 0) return { ...silent, outcome: "pass", proof, report: digest };
  const signed = open.filter((item) => proofOf(item) === "sign-off");
  const shown = open.length > signed.length;
  return {
    outcome: open.every(({ standing }) => standing === "undecided") ? "unknown" : "fail",
    proof,
    why: open.map(({ id, statement, standing }) => `${id} ${statement}: ${standing}`),
    signatures: signed.map((item) => signatureOf(item, spec)),
    commands: [
      ...(shown ? [`npm run check -- --stack ${report.stack} --quiet`] : []),
      ...signed.map((item) => signCommand(item, spec)),
    ],
    report: digest,
  };
}

function proofOf({ id }: ReportedItem) {
  return checklist.find((item) => item.id === id)?.proof;
}

function signatureOf({ id, statement }: ReportedItem, spec: StackSpec): Signature {
  const { role } = signOffs[id as SignOffItem];
  const people = holdersOf(role, spec.people).map((person) => person.id);
  return { item: id, statement, role, people };
}

function signCommand(item: ReportedItem, spec: StackSpec): string {
  const { people } = signatureOf(item, spec);
  return `npm run signoff -- --stack ${spec.stack} --item ${item.id} --person ${people[0] ?? "PERSON"} --key FILE`;
}

function digestOfReport({ stack, findings, waivers }: StackReport): string {
  return reportDigest(stack, findings, waivers);
}
