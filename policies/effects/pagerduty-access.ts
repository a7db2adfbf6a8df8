/**
 * Whether somebody may acknowledge what they are paged for. A team's own role counts before the role in the account,
 * but for those whose access no team can change: owner, admins and stakeholders. Source: PagerDuty, "Advanced
 * Permissions" and "Team-Based Permissions"; names as in the REST API.
 */

/** Nothing can lower them. */
const fixed = ["owner", "admin"];
/** Full and limited stakeholders: they read what happens. */
const stakeholders = ["read_only_user", "read_only_limited_user"];
/** Managers and responders. */
const responding = ["user", "limited_user"];
/** They see what a team lets them see, and respond where it lets them. */
const watching = ["observer", "restricted_access"];
const respondingInTeam = ["manager", "responder"];

/**
 * @param role in the account
 * @param roleInTeam in the team of the incident; nothing for who is no member of it
 * @returns nothing for a role that is not known, or of which the account's plan decides
 */
export function mayRespond(role: string, roleInTeam: string | undefined): boolean | undefined {
  if (fixed.includes(role)) return true;
  if (stakeholders.includes(role)) return false;
  if (![...responding, ...watching].includes(role)) return undefined;
  const inTeam = roleInTeam !== undefined && respondingInTeam.includes(roleInTeam);
  // Without Advanced Permissions, which not every plan has, a team gives nobody more than the account does.
  if (watching.includes(role)) return inTeam ? undefined : false;
  return roleInTeam === undefined || inTeam;
}
