/** What a move of the domains does not touch: Vercel, "Instant Rollback"; whoever is woken up has to know. */
import { type Journal, lastMoveOf } from "./journal.ts";
import type { Target } from "./target.ts";

export async function leavesOf({ vercel, spec }: Target, journal: Journal): Promise<readonly string[]> {
  const project = await vercel.project(journal.project).catch(() => undefined);
  const auto = project?.autoAssignCustomDomains;
  const stack = spec.stack;
  if (lastMoveOf(journal).type === "promote") {
    return auto === false
      ? [
          "New deployments still wait as Staged: switch on Auto-assign Custom Production Domains in the project",
        ]
      : [];
  }
  const waits = {
    true: "Vercel says that new deployments take over production by themselves: what brought the fault would come back with the next one, so revert its commit first",
    false: `New deployments wait as Staged, until one is promoted: npm run rollback -- --stack ${stack} --undo --to DEPLOYMENT`,
    undefined:
      "Vercel does not say whether new deployments take over production by themselves; after a rollback they usually wait as Staged",
  };
  return [
    "Variables: the deployment runs with those of its own build; the project's are as they were, and nothing that was set since reaches it",
    "Cron jobs are those of the deployment that production runs now",
    waits[`${auto ?? undefined}`],
    journal.database?.backAt === undefined
      ? "The database's schema stays, which the release before has to live with (expand and contract)"
      : `The database: what went back is ${journal.database.downs.join(", ") || "nothing, all of it was back"}`,
    `Forward again: npm run rollback -- --stack ${stack} --undo`,
  ];
}
