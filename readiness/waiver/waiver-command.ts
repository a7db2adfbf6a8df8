/** `waiver`: what the waivers of `waivers.yaml`, as it is in the folder, are worth; and their signing. */

import { join } from "node:path";
import { parseDocument, Scalar } from "yaml";
import { messageOf } from "../../model/finding.ts";
import { evaluate } from "../../policies/evaluate.ts";
import { rules } from "../../policies/rules.ts";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { putIssue } from "../github.ts";
import { currentCommit } from "../inputs/commit.ts";
import { declaredStack } from "../inputs/declared-stack.ts";
import { committedFile } from "../inputs/git.ts";
import { textIfThere } from "../inputs/if-there.ts";
import { checkFile, ProjectFileError, usable } from "../inputs/project-file.ts";
import { reviewedRows } from "../inputs/reviewed-file.ts";
import { selectStacks } from "../inputs/selection.ts";
import { listStacks, loadStack } from "../inputs/stack-file.ts";
import { costFindings, costProofs } from "../proofs/cost.ts";
import { readSigners, type Signers, signersFile } from "../proofs/signers.ts";
import { faultOfSignature } from "../proofs/waivers/faults.ts";
import { readWaivers } from "../proofs/waivers/read.ts";
import {
  type Waiver,
  waiverBytes,
  waiverNamespace,
  waiverSchema,
  waiversFile,
  waiversSchema,
} from "../proofs/waivers/waiver.ts";
import { inline } from "../render/markdown-text.ts";
import { sshSign } from "../signoff/ssh-keygen.ts";
import { alone } from "../terminal/lock.ts";
import { writeWhole } from "../terminal/out-file.ts";
import { postEvent } from "./event.ts";

export interface WaiverOptions {
  readonly stack: string;
  /** Number of an entry, counted from 1. */
  readonly sign?: number;
  readonly key?: string;
  /** Open or update an issue on GitHub with what people should look at; close it where that is nothing. */
  readonly issue: boolean;
  /** Tell the team's channel, through an event in Datadog, where there is something to look at. */
  readonly event: boolean;
}

/**
 * Tells the waivers that hold and what is wrong with the others; signs one first where asked to.
 * @returns 0 where every waiver holds, otherwise 1
 * @throws UsageError where an entry cannot be signed, or GitHub or Datadog refuses
 */
export async function waiver(options: WaiverOptions, projectDir: string, now: Date): Promise<number> {
  const { stack: name, sign, key, issue, event } = options;
  if ((sign === undefined) !== (key === undefined)) throw new UsageError("--sign and --key go together");
  selectStacks([name], false, listStacks(projectDir));
  const { spec } = loadStack(projectDir, name);
  const signers =
    textIfThere(projectDir, waiversFile) === undefined
      ? { people: [], evidence: [] }
      : await signersOf(projectDir);
  if (sign !== undefined && key !== undefined) {
    await alone(join(projectDir, waiversFile), `waiver --sign ${sign}`, () =>
      signEntry(projectDir, sign, key, signers, now),
    );
  }

  const { stack } = await declaredStack(projectDir, name);
  const { live, findings, warnings } = readWaivers({
    text: textIfThere(projectDir, waiversFile),
    stack: name,
    stacks: listStacks(projectDir),
    people: spec.people,
    signers,
    rules: [...rules, ...costProofs],
    resources: stack.resources.map((r) => r.name),
    findings: [
      ...evaluate(rules, stack, now, { reviewed: reviewedRows(projectDir) }),
      ...costFindings(stack, spec),
    ],
    now,
  });
  const held = live.map(
    (w) => `✓ ${w.item}${w.rule ? ` (${w.rule})` : ""} for ${w.resource}, to ${w.expires}`,
  );
  const failures = findings.filter((f) => f.outcome === "fail").map((f) => messageOf(f, name));
  const open = [...failures, ...warnings];
  const title = `Waivers of ${name} need people`;
  if (issue) await putIssue(`waivers of ${name}`, title, issueText(open));
  if (event) await postEvent(title, open, spec, process.env);
  const lines = [...held, ...failures.map((f) => `✗ ${f}`), ...warnings.map((w) => `! ${w}`)];
  process.stdout.write(lines.length > 0 ? `${lines.join("\n")}\n` : `Nothing of ${name} is waived.\n`);
  return failures.length === 0 ? exitStatus.go : exitStatus.noGo;
}

/** What people should look at, as Markdown; nothing where that is nothing. */
export function issueText(messages: readonly string[]): string | undefined {
  if (messages.length === 0) return undefined;
  const what = messages.map((message) => `- ${inline(message)}`).join("\n");
  return `${what}\n\nMend what is waived and remove the entry, or have it renewed and signed.\n`;
}

/** As committed, or a key that nobody has reviewed could approve. */
async function signersOf(projectDir: string): Promise<Signers> {
  const commit = await currentCommit(projectDir);
  const text = commit.id === null ? undefined : await committedFile(projectDir, commit.id, signersFile);
  if (text === undefined)
    throw new UsageError(`${signersFile} is in no commit: write it and have it reviewed`);
  return usable(signersFile, readSigners(text));
}

async function signEntry(
  projectDir: string,
  number: number,
  key: string,
  signers: Signers,
  now: Date,
): Promise<void> {
  const text = textIfThere(projectDir, waiversFile) ?? "";
  const entry = entryOf(text, number);
  const content = Object.entries({ ...entry, signature: undefined }).filter(
    ([, value]) => value !== undefined,
  );
  for (const [name, value] of content) process.stdout.write(`  ${name.padEnd(14)}${value}\n`);
  const signature = await sshSign(key, waiverBytes(entry), waiverNamespace);
  const fault = faultOfSignature({ ...entry, signature }, { signers, now });
  if (fault) throw new UsageError(`not written: ${fault.observed}, must be ${fault.wanted}`);
  const document = parseDocument(text, { schema: "core" });
  const block = new Scalar(signature);
  block.type = "BLOCK_LITERAL";
  document.setIn(["waivers", number - 1, "signature"], block);
  writeWhole(join(projectDir, waiversFile), document.toString({ lineWidth: 0 }));
}

function entryOf(text: string, number: number): Waiver {
  const { content, issues } = checkFile(waiversFile, text, waiversSchema);
  const own = issues.filter(({ keys }) => keys[0] !== "waivers" || keys[1] === number - 1);
  if (own.length > 0) throw new ProjectFileError(waiversFile, own);
  const list: unknown = content?.["waivers"];
  const entry = waiverSchema.safeParse(Array.isArray(list) ? list[number - 1] : undefined);
  if (entry.success) return entry.data;
  throw new UsageError(
    `--sign ${number}: ${waiversFile} has ${Array.isArray(list) ? list.length : 0} entries`,
  );
}
