/** Whether a verification asks for a rollback: limits on failures and on what stayed undecided, as Argo Rollouts has them. */
import { exitStatus } from "../exit-status.ts";

/** Verifications that may fail, and that may end undecided: of one that is, somebody may look once more. */
const [failureLimit, inconclusiveLimit] = [0, 1];

export type Decision =
  | { readonly kind: "back"; readonly why: string }
  | { readonly kind: "stay"; readonly status: number; readonly why: string };

/** @param statuses how verifications ended; of a person who asks there are none */
export function decide(statuses: readonly number[]): Decision {
  if (statuses.length === 0) return { kind: "back", why: "somebody asked for it" };
  const count = (status: number) => statuses.filter((one) => one === status).length;
  const [failed, undecided] = [count(exitStatus.noGo), count(exitStatus.undetermined)];
  if (failed > failureLimit)
    return { kind: "back", why: `${failed} of ${statuses.length} verifications failed` };
  if (undecided > inconclusiveLimit) {
    return { kind: "back", why: `${undecided} of ${statuses.length} verifications ended undecided` };
  }
  // One that could not be carried out says nothing of the release.
  const other = statuses.find(
    (one) => ![exitStatus.go, exitStatus.noGo, exitStatus.undetermined].some((s) => s === one),
  );
  if (other !== undefined) {
    return {
      kind: "stay",
      status: exitStatus.unusable,
      why: `a verification ended with ${other}, which says nothing of the release`,
    };
  }
  if (undecided > 0) {
    return {
      kind: "stay",
      status: exitStatus.undetermined,
      why: `${undecided} undecided, ${inconclusiveLimit} may be: somebody has to look`,
    };
  }
  return { kind: "stay", status: exitStatus.go, why: `${failed} failed, ${failureLimit} may` };
}
