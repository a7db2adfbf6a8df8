/** What a sign-off must fulfil besides being somebody's: item, release, window, report, and whose work it is. */
import { isSignedAfter, signOffs, stackSignOffDays } from "../../../model/checklist/sign-offs.ts";
import type { Release } from "../release.ts";
import { signedAheadDays } from "../release-file.ts";
import type { PersonSigner } from "../signers.ts";
import type { SignOffInput } from "./input.ts";
import type { SignOff } from "./payload.ts";

export interface Refusal {
  readonly observed: string;
  /** Follows "must be". */
  readonly wanted: string;
  /** Goes before the command that signs. */
  readonly remedy?: string;
  /** Whether somebody else has to sign. */
  readonly another?: true;
}

export type Terms = Omit<SignOffInput, "signOffs" | "signers"> & {
  readonly releaseDigest: string | undefined;
};

const dayMs = 86_400_000;

/** Why a sign-off does not count, or counts against the release; nothing where it counts for it. */
export function whyNot(signOff: SignOff, signer: PersonSigner, terms: Terms): Refusal | undefined {
  const { item, person, role } = signOff;
  const wanted = signOffs[item];
  if (role !== wanted.role) {
    return {
      observed: `signed by ${person} as ${role}`,
      wanted: `signed by a ${wanted.role}`,
      another: true,
    };
  }
  const outdated = wanted.of === "stack" ? tooOld(signOff, terms) : ofAnotherRelease(signOff, terms);
  return (
    outdated ??
    against(signOff) ??
    (terms.release && wanted.of === "release" ? outsideWindow(signOff, terms.release, terms) : undefined) ??
    (wanted.report ? ofAnotherReport(signOff, terms) : undefined) ??
    (wanted.of === "release" ? ofOwnWork(signOff, signer, terms) : undefined)
  );
}

/** Until when it holds; nothing where nothing ends it. */
export function validUntil({ item, at }: SignOff, { release }: Terms): string | undefined {
  if (signOffs[item].of === "stack") {
    return new Date(Date.parse(at) + stackSignOffDays * dayMs).toISOString();
  }
  return isSignedAfter(item) || !release ? undefined : new Date(release.window.closes).toISOString();
}

function tooOld({ at }: SignOff, { now }: Terms): Refusal | undefined {
  const age = now.getTime() - Date.parse(at);
  if (age <= stackSignOffDays * dayMs) return undefined;
  return {
    observed: `signed on ${at.slice(0, 10)}, ${Math.floor(age / dayMs)} days ago`,
    wanted: `signed within ${stackSignOffDays} days`,
    remedy: "Do again what it stands for, then sign",
  };
}

function ofAnotherRelease({ release }: SignOff, { releaseDigest, stack }: Terms): Refusal | undefined {
  if (releaseDigest === undefined) {
    return {
      observed: "a sign-off without a release that can be used",
      wanted: `for the one in releases/${stack}/release.yaml`,
      remedy: `Write it with npm run release -- --stack ${stack}, then sign`,
    };
  }
  if (release === releaseDigest) return undefined;
  return {
    observed: `for another release (${short(release)})`,
    wanted: `for this one (${short(releaseDigest)})`,
  };
}

/** What somebody has said against it. */
export function against({ decision, person, at }: SignOff): Refusal | undefined {
  if (decision === "go") return undefined;
  return {
    observed: decision === "no-go" ? `${person} said no-go at ${at}` : `${person} withdrew it at ${at}`,
    wanted: "go",
    remedy: `Settle with ${person} what stands against it; who then says go signs anew`,
  };
}

function outsideWindow({ item, at }: SignOff, { window }: Release, terms: Terms): Refusal | undefined {
  if (isSignedAfter(item)) return undefined;
  const opens = Date.parse(window.opens);
  const remedy = "Agree on another window in release.yaml, then have everybody sign anew";
  if (opens - Date.parse(at) > signedAheadDays * dayMs) {
    const wanted = `signed at most ${signedAheadDays} days before the window opens`;
    return { observed: `signed at ${at} for a window that opens at ${window.opens}`, wanted };
  }
  if (terms.now.getTime() > Date.parse(window.closes)) {
    return {
      observed: `for a window that closed at ${window.closes}`,
      wanted: "for one that is not over",
      remedy,
    };
  }
  if (terms.deploying && item === "GO-04" && terms.now.getTime() < opens) {
    const wait = "Wait until it opens, or agree on another window and sign anew";
    return {
      observed: `for a window that opens at ${window.opens}`,
      wanted: "for one that is open",
      remedy: wait,
    };
  }
  return undefined;
}

function ofAnotherReport({ report }: SignOff, { reportDigest, stack }: Terms): Refusal | undefined {
  if (report === reportDigest) return undefined;
  return {
    observed: `for a report that has changed since (${short(report)})`,
    wanted: `for what the other proofs say now (${short(reportDigest)})`,
    remedy: `Look at npm run check -- --stack ${stack}, then sign`,
  };
}

function ofOwnWork(signOff: SignOff, signer: PersonSigner, terms: Terms): Refusal | undefined {
  const { person } = signOff;
  const own = [signer.email, ...terms.people.filter((p) => p.id === person).map((p) => p.email)];
  const lower = (address: string) => address.trim().toLowerCase();
  const services = Object.values(terms.release?.services ?? {});
  const authors = new Set([...terms.authors, ...services.flatMap((s) => s.authors)].map(lower));
  const wrote = own.find((address) => authors.has(lower(address)));
  if (wrote === undefined) return undefined;
  return {
    observed: `signed by ${person}, who wrote commits of this release as ${wrote}`,
    wanted: "signed by somebody who did not",
    remedy: "Have somebody else sign who holds the role",
    another: true,
  };
}

function short(digest: string | null): string {
  return digest?.replace("sha256:", "").slice(0, 12) ?? "none";
}
