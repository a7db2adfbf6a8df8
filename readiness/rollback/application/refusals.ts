/** What Vercel's answers to a request mean, and what to do about each; none of them is mended by asking again. */

const remedies: Readonly<Record<number, string>> = {
  400: "what was asked for is not valid there; look whether the deployment is one of this project's production",
  401: "VERCEL_API_TOKEN is not accepted; it may have ended, make another at https://vercel.com/account/tokens",
  402: "the team's plan does not allow it: Hobby goes back by one deployment alone, and a blocked team by none; name the one before (--to), or mend the plan",
  403: "the token may not do that in this team; take one of a member who may deploy to production, for the team vercel.teamId",
  404: "there is no such project or deployment in the team vercel.teamId",
  409: "another release or rollback of this project is at work; look at it in Vercel, end it there (a rolling release is completed or aborted), and run this again",
  410: "the deployment is gone, by the project's retention; name another one (--to)",
  422: "the deployment cannot be rolled back to: it never served production, or a rolling release is active; name another one (--to), or end the rolling release",
  429: "too many requests; wait for a minute, and run this again",
};

/** Follows what Vercel answered. */
export function remedyOf(status: number): string {
  if (remedies[status]) return remedies[status];
  if (status >= 500) return "a fault of Vercel's: https://www.vercel-status.com";
  return "which it does not document";
}
