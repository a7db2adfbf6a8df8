/** Moves production's domains to a deployment: asks once, and then believes nothing but its own request. */
import type { MoveRecord } from "../journal.ts";
import { type Pace, until } from "../pace.ts";
import { type AliasRequest, type Project, Unanswered, type Vercel } from "./vercel.ts";

export interface Moving {
  readonly vercel: Vercel;
  readonly project: string;
  readonly pace: Pace;
  readonly reason: string;
  /** Keeps what is known, before anything else happens. */
  readonly save: (move: MoveRecord) => void;
  readonly now: () => Date;
}

export type Moved =
  | { readonly kind: "moved"; readonly move: MoveRecord }
  /** It will not come to pass by itself. */
  | { readonly kind: "failed"; readonly why: string }
  /** The next run finds out. */
  | { readonly kind: "unknown"; readonly why: string };

/** Carries a move on from wherever it stands. */
export async function carryOut(move: MoveRecord, moving: Moving): Promise<Moved> {
  if (move.movedAt !== undefined) return { kind: "moved", move };
  if (move.askedAt === undefined) return askFirst(move, moving);
  if (move.takenAt !== undefined) return follow(move, moving);
  // A process that was killed, or whose answer was lost, may have asked: look first, until it would show.
  const shown = await lookFor(move, moving, move.askedAt);
  if (shown !== undefined) return shown === "ours" ? follow(taken(move, moving, false), moving) : shown;
  return post(move, moving);
}

async function askFirst(move: MoveRecord, moving: Moving): Promise<Moved> {
  const { lastAliasRequest } = await moving.vercel.project(moving.project);
  // A run on another machine, or whose journal is gone, has asked for the very same.
  if (lastAliasRequest && atWork(lastAliasRequest) && isOurs(lastAliasRequest, move)) {
    const { requestedAt } = lastAliasRequest;
    const asked = { ...move, before: requestedAt - 1, askedAt: new Date(requestedAt).toISOString() };
    return follow(taken(asked, moving, false), moving);
  }
  if (lastAliasRequest && atWork(lastAliasRequest)) {
    const why = `${told(lastAliasRequest)} is at work: let it end, or end it in Vercel, and run this again`;
    return { kind: "failed", why };
  }
  return post({ ...move, before: lastAliasRequest?.requestedAt ?? null }, moving);
}

async function post(before: MoveRecord, moving: Moving): Promise<Moved> {
  const { vercel, project, reason, save, now } = moving;
  const move = { ...before, askedAt: now().toISOString(), posts: before.posts + 1 };
  save(move);
  const answer = await vercel.move(move.type, project, move.to.deployment, reason);
  if (answer.kind === "refused") return { kind: "failed", why: answer.why };
  if (answer.kind === "taken") return follow(taken(move, moving, answer.queued), moving);
  const shown = await lookFor(move, moving, move.askedAt);
  if (shown !== undefined) return shown === "ours" ? follow(taken(move, moving, false), moving) : shown;
  const why = `nobody knows whether Vercel took the request (${answer.why}), and it shows none: run this again, which looks before it asks`;
  return { kind: "unknown", why };
}

function taken(move: MoveRecord, { save, now }: Moving, queued: boolean): MoveRecord {
  const entry = { ...move, takenAt: now().toISOString(), queued };
  save(entry);
  return entry;
}

/** Nothing where Vercel answers, and shows no request of ours for as long as one may take to show. */
async function lookFor(
  move: MoveRecord,
  moving: Moving,
  askedAt: string,
): Promise<"ours" | Moved | undefined> {
  const { pace, now } = moving;
  let answered = false;
  const once = async () => {
    const seen = await look(moving);
    answered = seen !== undefined;
    const request = seen && newer(seen, move);
    if (!request) return undefined;
    return isOurs(request, move) ? "ours" : overtaken(request);
  };
  const patience = Math.max(0, Date.parse(askedAt) + pace.settle - now().getTime());
  const found = (await until({ ...pace, patience }, once)) ?? (await once());
  if (found !== undefined || answered) return found;
  return { kind: "unknown", why: "Vercel does not answer: run this again, which looks before it asks" };
}

async function follow(move: MoveRecord, moving: Moving): Promise<Moved> {
  const { pace, save, now } = moving;
  let last = "shows nothing of it";
  const found = await until(pace, async (): Promise<Moved | undefined> => {
    const seen = await look(moving);
    const request = seen && newer(seen, move);
    if (!request) return undefined;
    if (!isOurs(request, move)) return overtaken(request);
    last = `says ${request.jobStatus}`;
    if (atWork(request)) return undefined;
    const there = seen.targets?.production?.id === move.to.deployment;
    if (request.jobStatus === "succeeded" || (request.jobStatus === "skipped" && there)) {
      const moved = { ...move, movedAt: now().toISOString() };
      save(moved);
      return { kind: "moved", move: moved };
    }
    return {
      kind: "failed",
      why: `Vercel says that the ${move.type} ${request.jobStatus}${await leftBehind(moving)}`,
    };
  });
  if (found !== undefined) return found;
  const waits = move.queued
    ? "it waits behind a rolling release: complete or abort that in Vercel, and "
    : "";
  return {
    kind: "unknown",
    why: `Vercel took the ${move.type} and ${last}: ${waits}run this again, which goes on waiting`,
  };
}

async function leftBehind({ vercel, project }: Moving): Promise<string> {
  const names = await vercel.failedAliases(project).catch(() => undefined);
  if (names === undefined) return ", and not which host names are left behind";
  return names.length > 0 ? `; not moved: ${names.join(", ")}` : "";
}

/** What Vercel shows; nothing where it does not answer just now. */
async function look({ vercel, project }: Moving): Promise<Project | undefined> {
  try {
    return await vercel.project(project);
  } catch (error) {
    if (error instanceof Unanswered) return undefined;
    throw error;
  }
}

/** The last request, where it is of after we looked the first time: an old success says nothing of ours. */
function newer({ lastAliasRequest: last }: Project, { before }: MoveRecord): AliasRequest | undefined {
  return last && (before === null || last.requestedAt > before) ? last : undefined;
}

function isOurs(request: AliasRequest, { type, to }: MoveRecord): boolean {
  return request.type === type && request.toDeploymentId === to.deployment;
}

function atWork({ jobStatus }: AliasRequest): boolean {
  return jobStatus === "pending" || jobStatus === "in-progress";
}

function overtaken(request: AliasRequest): Moved {
  return {
    kind: "failed",
    why: `${told(request)} came in between: agree on who decides, and run this again`,
  };
}

function told({ type, toDeploymentId, requestedAt }: AliasRequest): string {
  return `another request, a ${type} to ${toDeploymentId} of ${new Date(requestedAt).toISOString()},`;
}
