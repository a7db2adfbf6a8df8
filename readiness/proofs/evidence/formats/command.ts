/** The record of a command that `evidence -- run` carried out. */
import { z } from "zod";
import { readShape } from "../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../reading.ts";
import { commitId } from "./values.ts";

/** Written by ourselves: what is not known is a mistake or a later version. */
export const commandRecord = z
  .strictObject({
    format: z.literal("command-1.0"),
    /** As it was given, such as `tsc --noEmit`. */
    command: z.string().trim().min(1),
    /** 128 and the signal's number for a command that a signal ended. */
    exitCode: z.int().min(0).max(255),
    startedAt: z.iso.datetime({ offset: true }),
    finishedAt: z.iso.datetime({ offset: true }),
    /** Checked out while it ran; null where files differed from it, or there is none. */
    commit: commitId.nullable(),
  })
  .refine((r) => Date.parse(r.finishedAt) >= Date.parse(r.startedAt), "it finished before it started");
export type CommandRecord = z.infer<typeof commandRecord>;

export const command: Format = {
  name: "command",
  kind: "command",
  made: "npm run evidence -- run --out FILE -- tsc --noEmit",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, commandRecord);
  if ("problem" in shape) return shape;
  const { command, exitCode, startedAt, finishedAt, commit } = shape.value;
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  const [tool = command] = command.split(/\s/, 1);
  const measure = { kind: "command", command, exitCode, seconds } as const;
  return { tool, version: null, startedAt, finishedAt, commit, measure };
}
