/** Which deployment production goes to. */
import { Refused } from "../refused.ts";
import type { Deployment, Project, Vercel } from "./vercel.ts";

export interface Place {
  readonly deployment: string;
  readonly commit: string | null;
}

export interface Choice {
  readonly from: Place;
  readonly to: Place & { readonly commit: string };
  /** When what production runs now was made. */
  readonly fromCreatedAt: Date;
}

/**
 * The deployment before the one that production runs, or the one that is named.
 * @param given id of a deployment, or the beginning of a commit's id
 * @throws Refused where there is none that may be gone back to
 */
export async function choose(vercel: Vercel, project: Project, given: string | undefined): Promise<Choice> {
  const all = await vercel.deployments(project.id, false);
  const current = currentOf(project, all);
  const candidates = (await vercel.deployments(project.id, true)).filter(({ id }) => id !== current.id);
  // After an earlier rollback the newest candidate is what was left, for a reason.
  const to =
    given === undefined
      ? candidates.find(({ created }) => created < current.created)
      : named(given, candidates);
  if (to === undefined) throw new Refused(none(given, all, candidates));
  return {
    from: { deployment: current.id, commit: current.commit ?? null },
    to: { deployment: to.id, commit: committed(to) },
    fromCreatedAt: new Date(current.created),
  };
}

/** The deployment that is named, of all that are built for production. @throws Refused */
export async function chooseBuilt(vercel: Vercel, project: Project, given: string): Promise<Choice["to"]> {
  const to = named(given, await vercel.deployments(project.id, false));
  if (to === undefined) throw new Refused(`--to ${given}: production has no such deployment`);
  return { deployment: to.id, commit: committed(to) };
}

/** What production runs now. */
export async function currentPlace(vercel: Vercel, project: Project): Promise<Place> {
  const { id, commit } = currentOf(project, await vercel.deployments(project.id, false));
  return { deployment: id, commit: commit ?? null };
}

function currentOf(
  { targets }: Project,
  all: readonly Deployment[],
): Pick<Deployment, "id" | "created" | "commit"> {
  const { id, createdAt } = targets?.production ?? {};
  if (id === undefined)
    throw new Refused("nothing of the project is in production: there is nothing to take back");
  const listed = all.find((one) => one.id === id);
  if (listed) return listed;
  if (createdAt == null)
    throw new Refused(`Vercel does not say of when ${id} is, which production runs: name where to go (--to)`);
  return { id, created: createdAt, commit: undefined };
}

function named(given: string, among: readonly Deployment[]): Deployment | undefined {
  const byCommit = /^[0-9a-f]{7,64}$/.test(given);
  return among.find(({ id, commit }) => id === given || (byCommit && commit?.startsWith(given)));
}

function committed({ id, commit }: Deployment): string {
  if (commit !== undefined) return commit;
  throw new Refused(
    `${id} was not built from git: the site cannot show that it runs it; name another one (--to)`,
  );
}

function none(
  given: string | undefined,
  all: readonly Deployment[],
  candidates: readonly Deployment[],
): string {
  const others = candidates
    .slice(0, 5)
    .map(({ id, commit }) => `${id} (${commit?.slice(0, 12) ?? "no commit"})`);
  const list = others.length > 0 ? `; there are ${others.join(", ")}` : "; there is none";
  if (given === undefined)
    return `there is no deployment before the one in production that may be gone back to${list}`;
  const built = named(given, all)
    ? " was built, and never served production or is kept no longer"
    : " is none of production's";
  return `--to ${given}${built}${list}`;
}
