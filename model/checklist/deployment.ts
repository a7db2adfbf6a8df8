import type { ChecklistRows } from "./row.ts";

const section = "Governance";
const proof = "policy";

export const deploymentItems = {
  "CI-01": {
    section,
    statement: "CI reaches AWS by short-lived tokens of one environment of one repository",
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
} as const satisfies ChecklistRows;
