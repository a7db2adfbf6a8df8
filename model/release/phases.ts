/**
 * The phases of a release, their time and their steps: requirements, "Deployment". What is rolled back in an emergency is
 * practised before production is touched, so the rollback stands before it.
 */
import type { ItemId } from "../checklist/checklist.ts";
import type { Tier } from "../tier.ts";

export interface ReleasePhase {
  readonly id: PhaseId;
  readonly title: string;
  /** Minutes that it usually takes and takes at most; null where nothing limits it. */
  readonly budget: { readonly usual: number; readonly most: number } | null;
  readonly steps: readonly ReleaseStep[];
}

export const phaseIds = ["before", "staging", "rollback", "production", "afterwards"] as const;
export type PhaseId = (typeof phaseIds)[number];

/** Which stack a step is about: the one that is released, or the staging that goes before it. */
export type StepStack = "own" | "staging";

interface StepRow {
  /** Its phase and its name, such as `staging.deploy`. */
  readonly id: string;
  readonly statement: string;
  /** A release of staging alone has neither evidence nor signatures. */
  readonly production?: true;
}

/** What people do and the tool sees. */
export interface SeenStep extends StepRow {
  readonly kind: "seen";
  readonly what: "release file" | "tag";
}

/** What the checklist says: these items, or every one that rules prove. */
export interface ItemsStep extends StepRow {
  readonly kind: "items";
  readonly stack: StepStack;
  readonly items: readonly ItemId[] | "policy";
}

/** The verdict for an update, at the moment in which it begins. */
export interface VerdictStep extends StepRow {
  readonly kind: "verdict";
}

/** A command of this command line. */
export interface CommandStep extends StepRow {
  readonly kind: "command";
  readonly command: "up" | "verify";
  readonly stack: StepStack;
  /** Of a verification. */
  readonly phase?: "smoke" | "10m" | "1h" | "24h";
}

export type ReleaseStep = SeenStep | ItemsStep | VerdictStep | CommandStep;

/** What takes a release back, whichever step has failed. */
export const rollbackStep = "rollback.back";

export const releasePhases: readonly ReleasePhase[] = [
  {
    id: "before",
    title: "Before",
    budget: { usual: 60, most: 120 },
    steps: [
      {
        id: "before.rules",
        statement: "What is declared keeps every rule",
        kind: "items",
        stack: "own",
        items: "policy",
      },
      {
        id: "before.release",
        statement: "It is written down what is released, when, and what happens if it goes wrong",
        production: true,
        kind: "seen",
        what: "release file",
      },
      {
        id: "before.tag",
        statement: "The commit carries a tag",
        production: true,
        kind: "seen",
        what: "tag",
      },
      {
        id: "before.proofs",
        statement: "Tests, build, lint, audit, measurements and reviews are proven",
        production: true,
        kind: "items",
        stack: "own",
        items: [
          ...(["PRE-01", "PRE-02", "PRE-03", "PRE-04", "PRE-05", "PRE-06", "PRE-07"] as const),
          ...(["PRE-12", "PRE-13", "PRE-14", "PRE-18", "INC-02", "INC-03"] as const),
        ],
      },
    ],
  },
  {
    id: "staging",
    title: "Staging",
    budget: { usual: 30, most: 30 },
    steps: [
      {
        id: "staging.rules",
        statement: "What staging declares keeps every rule",
        production: true,
        kind: "items",
        stack: "staging",
        items: "policy",
      },
      {
        id: "staging.deploy",
        statement: "Staging is deployed",
        kind: "command",
        command: "up",
        stack: "staging",
      },
      {
        id: "staging.verify",
        statement: "Its pages and its health answer: homepage, login, portal, admin",
        kind: "command",
        command: "verify",
        stack: "staging",
        phase: "smoke",
      },
      {
        id: "staging.proofs",
        statement: "What was measured there is proven",
        production: true,
        kind: "items",
        stack: "own",
        items: ["PRE-08", "PRE-09", "PRE-10", "PRE-11", "PRE-15"],
      },
    ],
  },
  {
    id: "rollback",
    title: "Rollback",
    budget: { usual: 5, most: 5 },
    steps: [
      {
        id: "rollback.practised",
        statement: "A rollback was tried, and it is agreed what sets one off",
        production: true,
        kind: "items",
        stack: "own",
        items: ["INC-01", "GO-05"],
      },
    ],
  },
  {
    id: "production",
    title: "Production",
    budget: { usual: 15, most: 30 },
    steps: [
      {
        id: "production.people",
        statement: "Everybody whose word it takes has said go",
        production: true,
        kind: "items",
        stack: "own",
        items: [
          ...(["PRE-16", "PRE-17", "INC-04", "INC-05", "INC-06", "INC-07", "INC-08", "INC-09"] as const),
          // Of a database and of a watch that somebody else runs.
          ...(["DB-13", "DB-14", "MON-47"] as const),
          ...(["GO-04", "GO-06", "GO-01", "GO-02", "GO-03"] as const),
        ],
      },
      {
        id: "production.go",
        statement: "Everything is proven today, and the window is open",
        production: true,
        kind: "verdict",
      },
      {
        id: "production.deploy",
        statement: "Production is deployed",
        production: true,
        kind: "command",
        command: "up",
        stack: "own",
      },
      {
        id: "production.verify",
        statement: "Its pages and its health answer",
        production: true,
        kind: "command",
        command: "verify",
        stack: "own",
        phase: "smoke",
      },
      {
        id: "production.watch",
        statement: "For ten minutes errors, response times and the database stay normal",
        production: true,
        kind: "command",
        command: "verify",
        stack: "own",
        phase: "10m",
      },
    ],
  },
  {
    id: "afterwards",
    title: "Afterwards",
    budget: null,
    steps: [
      {
        id: "afterwards.hour",
        statement: "For an hour the service levels hold",
        production: true,
        kind: "command",
        command: "verify",
        stack: "own",
        phase: "1h",
      },
      {
        id: "afterwards.day",
        statement: "For a day no alert stays open",
        production: true,
        kind: "command",
        command: "verify",
        stack: "own",
        phase: "24h",
      },
      {
        id: "afterwards.proofs",
        statement: "The watches, the day's alerts and the regression tests are proven",
        production: true,
        kind: "items",
        stack: "own",
        items: ["POST-01", "POST-02", "POST-03", "POST-04"],
      },
      {
        id: "afterwards.people",
        statement: "Customers are told, and the release is signed off",
        production: true,
        kind: "items",
        stack: "own",
        items: ["POST-05", "POST-06"],
      },
    ],
  },
];

/** The phases of a release of a stack of this tier; a phase without steps is none of it. */
export function phasesOf(tier: Tier): readonly ReleasePhase[] {
  return releasePhases.map((phase) => ({
    ...phase,
    steps: phase.steps.filter(({ production }) => tier === "production" || !production),
  }));
}

/** Whether a step comes after all of a phase. */
export function isBehind(phase: PhaseId, step: string): boolean {
  const of = (id: string) => phaseIds.findIndex((each) => id.startsWith(`${each}.`));
  return of(step) > phaseIds.indexOf(phase);
}

/** Whether customers have what is released from this step on: what fails then is rolled back. */
export function isLive(step: string): boolean {
  const after = releasePhases.flatMap(({ steps }) => steps.map(({ id }) => id));
  return after.indexOf(step) > after.indexOf("production.deploy");
}
