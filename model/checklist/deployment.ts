import type { ChecklistRows } from "./row.ts";

const section = "Governance";
const proof = "policy";

export const deploymentItems = {
  "CI-01": {
    section,
    statement:
      "CI reaches AWS by short-lived tokens of one environment of one repository, production of one branch",
    proof,
    why: "A key in CI is copied into logs and laptops and works for years; a token for any branch lets anyone deploy.",
    remedy: "Restore the conditions in components/deploy-access.ts.",
  },
  "CI-02": {
    section,
    statement: "A deployment cannot give itself, or a role that it makes, more rights than it was given",
    proof,
    why: "Whoever can merge a line could otherwise make a role that may do anything, and take it on.",
    remedy:
      "Restore the boundary in components/deploy-access/permissions.ts and permissionsBoundary of the role.",
  },
  "CI-03": {
    section,
    statement: "A preview can change nothing and reads no secret",
    proof,
    why: "A preview runs the code of a pull request that nobody has reviewed yet.",
    remedy: "Restore the preview's role in components/deploy-access.ts.",
  },
  "CI-04": {
    section,
    statement: "CI may create and delete everything that the stack declares, in every region that it uses",
    proof,
    why: "Every check is green, and the update stops half-way: some of the stack is new, some is old.",
    remedy:
      "Add it to components/deploy-access/permissions.ts, which a person deploys, and what is new to policies/rules/deployment/actions.ts.",
  },
  "CI-05": {
    section,
    statement: "Evidence that was handed in is neither altered, hidden nor deleted for a year",
    proof,
    why: "Whoever can take a failed test or a no-go away decides what is released.",
    remedy: "Restore lock, key and denials in components/evidence-store.ts and its boundary's NoLockLifted.",
  },
  "CI-06": {
    section,
    statement: "A service's evidence comes from CI of one branch of its repository, and from nobody else",
    proof,
    why: "Evidence that any branch, pull request or other team can write proves nothing of what is released.",
    remedy: "Restore the roles and the bucket's policy in components/evidence-store.ts.",
  },
  "CI-07": {
    section,
    statement:
      "A deployment reads no password and nothing that customers entered, and hands no copy of it on",
    proof,
    why: "Who gets hold of a deployment's token for an hour would have the whole database, and nobody would see it.",
    remedy: "Restore the denials in components/deploy-access.ts (secretsOutOfSight).",
  },
} as const satisfies ChecklistRows;
