/** The roles that CI takes on in AWS. */

import { demanded } from "../effects/iam-condition.ts";
import { later, readDocument, type Statement, type Text } from "../effects/iam-statement.ts";
import { linked, type Resource } from "../resource.ts";
import { isOfDumps } from "./dumps.ts";
import { oidcProvider, type Role } from "./roles.ts";

/** The component that keeps evidence: what stands in it is judged by rules of its own. */
const evidenceStore = "readiness:index:EvidenceStore";
/** GitHub's documentation, "OpenID Connect reference": who signs its tokens. */
const issuer = "token.actions.githubusercontent.com";

/** A role that GitHub's tokens are exchanged for. */
export function isOfGitHub(r: Resource<unknown>): boolean {
  return linked(r as Resource, "assumeRolePolicy", oidcProvider).some(({ props }) =>
    props.url.includes(issuer),
  );
}

/** Belongs to the store of evidence: its bucket, and the roles that write to it. */
export function isOfEvidence({ parent }: Resource<unknown>): boolean {
  return parent !== undefined && (parent.type === evidenceStore || isOfEvidence(parent));
}

/** A role of GitHub's tokens that writes evidence. */
export function isOfEvidenceWriters(r: Role): boolean {
  return isOfGitHub(r) && isOfEvidence(r);
}

/** A role of GitHub's tokens that is of the deployment itself: any other. */
export function isOfDeployment(r: Role): boolean {
  return isOfGitHub(r) && !isOfEvidence(r) && !isOfDumps(r);
}

/** One of them that previews take on. */
export function isOfPreviews(r: Role): boolean {
  return (
    isOfDeployment(r) &&
    readDocument(r.props.assumeRolePolicy)
      .flatMap((s) => claimed(s, "sub"))
      .some((subject) => subject !== later && subject.endsWith("-preview"))
  );
}

/** One of them that updates take on. */
export function isOfUpdates(r: Role): boolean {
  return isOfDeployment(r) && !isOfPreviews(r);
}

/** The values of a claim of GitHub's, of which a statement demands one; none where it demands none. */
export function claimed({ conditions }: Statement, name: "aud" | "ref" | "sub"): readonly Text[] {
  return demanded(conditions, new RegExp(`^${issuer.replaceAll(".", "\\.")}:${name}$`))[0] ?? [];
}
