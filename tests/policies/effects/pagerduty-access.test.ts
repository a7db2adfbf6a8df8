import { expect, it } from "vitest";
import { mayRespond } from "../../../policies/effects/pagerduty-access.ts";

it.each<[role: string, inTeam: string | undefined, boolean | undefined]>([
  ["owner", undefined, true],
  ["admin", "observer", true],
  ["user", undefined, true],
  ["user", "observer", false],
  ["limited_user", undefined, true],
  ["limited_user", "responder", true],
  ["limited_user", "observer", false],
  ["observer", undefined, false],
  ["observer", "responder", undefined],
  ["restricted_access", undefined, false],
  ["restricted_access", "manager", undefined],
  ["read_only_user", "manager", false],
  ["read_only_limited_user", undefined, false],
  ["team_mascot", "manager", undefined],
])("%s, in the team %s, may respond: %s", (role, inTeam, may) => {
  expect(mayRespond(role, inTeam)).toBe(may);
});
