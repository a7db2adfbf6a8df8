import { describe, expect, it } from "vitest";
import { type CommandRecord, command } from "../../../../../readiness/proofs/evidence/formats/command.ts";
import { fileOf, problemOf, reading } from "./support.ts";

const record: CommandRecord = {
  format: "command-1.0",
  command: "tsc --noEmit",
  exitCode: 0,
  startedAt: "2026-03-02T10:00:00.000Z",
  finishedAt: "2026-03-02T10:00:04.500Z",
  commit: "a".repeat(40),
};

describe("command", () => {
  it("reads a record", () => {
    const { startedAt, finishedAt, commit } = record;
    const measure = { kind: "command", command: "tsc --noEmit", exitCode: 0, seconds: 4.5 };
    const read = { tool: "tsc", version: null, startedAt, finishedAt, commit, measure };
    expect(reading(command, fileOf(record))).toEqual(read);
  });

  it("tells a failure", () => {
    expect(reading(command, fileOf({ ...record, exitCode: 2 }))).toMatchObject({ measure: { exitCode: 2 } });
  });

  it.each([
    ["another version", { format: "command-2.0" }, /format/],
    ["a misspelt field", { exitcode: 0 }, /exitcode/],
    ["no command", { command: " " }, /command/],
    ["a status that is none", { exitCode: 256 }, /exitCode/],
    ["a status as text", { exitCode: "0" }, /exitCode/],
    ["a time without its zone", { startedAt: "2026-03-02T10:00:00" }, /startedAt/],
    ["an end before the start", { finishedAt: "2026-03-02T09:59:59Z" }, /finished before it started/],
    ["a short commit", { commit: "aaaaaaa" }, /full id of a commit/],
  ])("refuses %s", (_, change, problem) => {
    expect(problemOf(command, fileOf({ ...record, ...change }))).toMatch(problem);
  });
});
