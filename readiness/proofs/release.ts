/** What is to be deployed together: the object that evidence and sign-offs are bound to. */

export interface Release {
  readonly stack: string;
  /** Full id of the commit that declares the infrastructure. */
  readonly commit: string;
  /** By name; every service of the stack. */
  readonly services: Readonly<Record<string, ReleasedService>>;
  readonly window: DeploymentWindow;
  readonly rollback: RollbackPlan;
  readonly communication: CommunicationPlan;
}

export interface ReleasedService {
  /** Full id of the commit in the app's repository. */
  readonly commit: string;
  /** Such as Vercel's `dpl_…`; null before there is one. */
  readonly deployment: string | null;
  /** E-mail addresses of who wrote the commits that are released. */
  readonly authors: readonly string[];
}

/** ISO 8601 times with an offset; ids of people of the stack's config. */
export interface DeploymentWindow {
  readonly opens: string;
  readonly closes: string;
  /** Who is there from its beginning to its end. */
  readonly present: readonly string[];
}

export interface RollbackPlan {
  /** What sets it off, such as `error rate above 1 % for 5 minutes`. */
  readonly trigger: string;
  readonly decides: string;
  readonly does: string;
}

export interface CommunicationPlan {
  /** Who is told what, and by whom. */
  readonly before: Announcement;
  readonly during: Announcement;
  readonly after: Announcement;
}
export interface Announcement {
  readonly by: string;
  readonly to: string;
  readonly says: string;
}
