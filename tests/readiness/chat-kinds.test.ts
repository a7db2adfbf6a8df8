/** Teams that talk elsewhere than in Slack, or have no chat. */
import { expect, it } from "vitest";
import { writeChanged } from "./changed-stack.ts";
import { reportIn, temporary } from "./check/support.ts";
import { run } from "./project.ts";

const teams = { kind: "teams", tenant: "Example", team: "Web platform", channel: "Incidents" };
const none = { kind: "none", because: "the three of us share a room" };

it.each([
  [
    (stack: string) => ({ ...teams, handle: `web-${stack}` }),
    ["ALERT-21", "ONC-19", "ONC-44"],
    "1 item is not applicable: the chat is teams.",
  ],
  [
    () => none,
    ["ALERT-07", "INC-08", "ONC-19", "ONC-26"],
    "3 items are not applicable: the chat is none: the three of us share a room.",
  ],
])(
  "with chat of another kind staging is GO, and nothing that is declared fails in production",
  async (chat, without, said) => {
    const cwd = temporary();
    for (const stack of ["prod", "staging"]) {
      writeChanged(cwd, stack, () => ({ "readiness:chat": chat(stack) }));
    }
    const result = await run(["check", "--all", "--format", "json"], { cwd });
    expect(result.stderr).toBe("");
    for (const { stack, verdict, reasons, checklist, findings } of reportIn(result).stacks) {
      const open = findings.filter(({ kind, outcome }) => kind === "policy" && !/pass|not-app/.test(outcome));
      expect(open).toEqual([]);
      expect(verdict).toBe(stack === "staging" ? "GO" : "NO-GO");
      expect(reasons).toContainEqual(said);
      const absent = checklist
        .filter(({ because }) => because?.startsWith("the chat is"))
        .map(({ id }) => id);
      expect(absent.toSorted()).toEqual(without);
    }
  },
);

it("says where a setting has moved", async () => {
  const cwd = temporary();
  writeChanged(cwd, "staging", (config) => ({
    "readiness:chat": undefined,
    "readiness:onCall": { ...config["readiness:onCall"], slack: config["readiness:chat"] },
  }));
  const { status, stderr } = await run(["check", "--stack", "staging"], { cwd });
  expect(status).toBe(2);
  expect(stderr.split("\n")).toEqual(
    expect.arrayContaining([
      expect.stringContaining("readiness:onCall.slack: found a key that has moved, must be readiness:chat"),
      expect.stringContaining("readiness:chat: missing, must be a map with kind: slack | teams | none"),
    ]),
  );
});
