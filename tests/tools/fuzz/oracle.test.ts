import { expect, it } from "vitest";
import { UsageError } from "../../../readiness/errors.ts";
import { canary, carried, faultOf } from "../../../tools/fuzz/oracle.ts";

const sound = { status: 0, stdout: "GO\n", stderr: "" };
const refused = { status: 2, stdout: "", stderr: "error: --state a.json: it is empty\n" };

it("finds nothing wrong with an answer and a refusal", () => {
  expect([faultOf(sound, /./), faultOf(refused, /a\.json/)]).toEqual([undefined, undefined]);
});

it.each([
  ["another exit status", { ...sound, status: 7 }, /^exit status 7/],
  ["an end by a signal", { ...sound, status: null }, /^exit status null/],
  ["a crash", { ...sound, status: 3, stderr: "internal error: boom" }, /^crash/],
  ["a stack trace", { ...sound, stdout: "boom\n    at f (file:///a.ts:1:2)\n" }, /^a stack trace on stdout/],
  ["a secret", { ...sound, stderr: `found ${canary}` }, /^a secret on stderr/],
  ["an escape sequence", { ...sound, stdout: "a\u001b[2J" }, /^a control character on stdout/],
  ["text that is turned around", { ...sound, stdout: "a\u202eb" }, /^a control character on stdout/],
  ["a warning of a library's", { ...sound, stderr: "(node:1) Warning: keys\n" }, /^a warning/],
  [
    "a refusal that names nothing",
    { ...refused, stderr: "error: it is empty\n" },
    /^a refusal whose first line/,
  ],
  ["two messages for one", { ...refused, stderr: `${refused.stderr}done\n` }, /^a refusal of several lines/],
])("finds %s", (_, said, fault) => {
  expect(faultOf(said, /a\.json/)).toMatch(fault);
});

it("keeps what a command prints, throws and warns of", async () => {
  const said = await carried(async () => {
    process.stdout.write("one\n");
    process.emitWarning("two");
    throw new UsageError("three");
  });
  expect(said).toEqual({ status: 2, stdout: "one\n", stderr: "warning: two\nerror: three\n" });
  expect(faultOf(await carried(() => Promise.reject(new TypeError("x is not a function"))), /./)).toMatch(
    /^crash/,
  );
});
