/**
 * What the declared infrastructure cannot prove: the software, the people, the running site and the decision.
 * Lines whose promise is a resource (database backups, alerts, escalation policies, …) stand with their area.
 */
import { handedIn } from "../evidence/hand-in.ts";
import { signOff } from "./commands.ts";
import { afterDeployment, decision } from "./decision.ts";
import { elsewhereItems } from "./elsewhere.ts";
import type { ChecklistRows } from "./row.ts";

const beforeDeployment = {
  "PRE-01": {
    section: "Before deployment",
    statement: "All unit and end-to-end tests pass on the commit that is deployed",
    proof: "evidence",
    why: "What no test has run reaches customers first.",
    remedy: `Run the tests in CI on this commit and ${handedIn("PRE-01")}.`,
  },
  "PRE-02": {
    section: "Before deployment",
    statement: "More than 80 % of the code is covered by tests",
    proof: "evidence",
    why: "Passing tests say nothing about code that they never enter.",
    remedy: `Add tests for the files that the coverage report lists lowest, and ${handedIn("PRE-02")}.`,
  },
  "PRE-03": {
    section: "Before deployment",
    statement: "The production build succeeds on the commit that is deployed",
    proof: "evidence",
    why: "A build that fails in the deployment window uses up the window.",
    remedy: `Mend the build in CI and ${handedIn("PRE-03")}.`,
  },
  "PRE-04": {
    section: "Before deployment",
    statement: "The linter and the type checker report no error",
    proof: "evidence",
    why: "Errors that tools find for nothing cost an incident when customers find them.",
    remedy: `Mend what lint and type check report in CI and ${handedIn("PRE-04")}.`,
  },
  "PRE-05": {
    section: "Before deployment",
    statement: "The dependencies have no known vulnerability",
    proof: "evidence",
    why: "A published vulnerability is exploited within days by anyone who scans for it.",
    remedy: `Update what npm audit names and ${handedIn("PRE-05")}.`,
  },
  "PRE-06": {
    section: "Before deployment",
    statement: "The security review covers the OWASP Top Ten, authentication and authorisation",
    proof: "evidence",
    why: "A scanner does not see that one customer can read another's data.",
    remedy: `Review the application against each of the ten risks, write down the findings and their fixes, and ${handedIn("PRE-06")}.`,
  },
  "PRE-07": {
    section: "Before deployment",
    statement: "The JavaScript that a page loads stays below 850 KB",
    proof: "evidence",
    why: "On a phone every further 100 KB is most of a second in which nothing reacts.",
    remedy: `Split or drop the largest modules, build, and ${handedIn("PRE-07")}.`,
  },
  "PRE-08": {
    section: "Before deployment",
    statement: "Core Web Vitals of every page are good, and a page has answered within 2.5 s",
    proof: "probe",
    why: "Slow pages lose customers before any feature is seen.",
    remedy: `Mend what the slowest page's report names first, measure every page again, and ${handedIn("PRE-08")}.`,
  },
  "PRE-09": {
    section: "Before deployment",
    statement: "Every class of API endpoint meets its p95 latency target",
    proof: "probe",
    why: "A target that was never measured is first measured by customers under load.",
    remedy: `Profile the endpoint class that is over its target, load every class again on staging, what writes too (\`verify\` never does), and ${handedIn("PRE-09")}.`,
  },
  "PRE-10": {
    section: "Before deployment",
    statement: "The site answers over HTTPS only, with a certificate that holds for at least 14 days",
    proof: "probe",
    why: "An expired certificate is a complete outage, and plain HTTP gives sessions away.",
    remedy: `Mend the redirect or the certificate's renewal, and ${handedIn("PRE-10")}.`,
  },
  "PRE-11": {
    section: "Before deployment",
    statement: "The site's security headers are graded A+",
    proof: "probe",
    why: "Without them the browser runs whatever an attacker manages to inject.",
    remedy: `Add the missing headers to CloudFront's policy of response headers, or to the app behind Vercel's own edge, and ${handedIn("PRE-11")}.`,
  },
  "PRE-12": {
    section: "Before deployment",
    statement: "Every page conforms to WCAG 2.1 AA",
    proof: "evidence",
    why: "Who depends on a keyboard or a screen reader is locked out, in many countries unlawfully.",
    remedy: `Mend what the accessibility report names, run it on every page, and ${handedIn("PRE-12")}.`,
  },
  "PRE-13": {
    section: "Before deployment",
    statement: "The database migrations have run on a copy of production's data, forwards and back",
    proof: "evidence",
    why: "A migration that locks or fails on real volumes is an outage that a rollback of the code does not end.",
    remedy: `Run the migrations on a restored backup, forwards and back, and ${handedIn("PRE-13")}.`,
  },
  "PRE-14": {
    section: "Before deployment",
    statement: "Every query of the main routes is served by an index",
    proof: "evidence",
    why: "A full scan that is invisible in staging stops production at its first peak.",
    remedy: `Add the indexes that the query plans miss, explain the queries again, and ${handedIn("PRE-14")}.`,
  },
  "PRE-15": {
    section: "Before deployment",
    statement: "The release is deployed to staging, and its smoke tests pass there",
    proof: "evidence",
    why: "Staging is the last place where a mistake costs nothing.",
    remedy: `Deploy this commit to staging, run the smoke tests there, and ${handedIn("PRE-15")}.`,
  },
  "PRE-16": {
    section: "Before deployment",
    statement: "The documentation describes the release that is deployed",
    proof: "sign-off",
    why: "Whoever is paged at night works from what is written down.",
    remedy: `Bring the documentation up to date and have the tech lead sign: ${signOff("PRE-16")}.`,
  },
  "PRE-17": {
    section: "Before deployment",
    statement: "The team and the support desk are trained in what changes",
    proof: "sign-off",
    why: "People who see a feature for the first time in a ticket cannot help.",
    remedy: `Hold the training and have the product lead sign: ${signOff("PRE-17")}.`,
  },
  "PRE-18": {
    section: "Before deployment",
    statement:
      "The records that the stack asks for stand where its domain's are kept, and its answers are signed",
    proof: "probe",
    needs: { dns: ["external"] },
    why: "Nothing that the stack declares shows them: a record that is missing is found by customers, or by whoever gets a certificate of the domain.",
    remedy: `Enter the records of the output dnsRecords, look them up with \`npm run verify -- --stack {stack} --state STATE\`, which names what differs, and ${handedIn("PRE-18")}.`,
  },
} as const satisfies ChecklistRows;

const incidentResponse = {
  "INC-01": {
    section: "Incident response",
    statement: "A rollback of application and database was tried and took less than 5 minutes",
    proof: "evidence",
    why: "A rollback that was never tried fails when it is needed.",
    remedy: `Go back and forward again on staging: \`npm run rollback -- --stack staging --practise --down-to MIGRATION\`, and ${handedIn("INC-01")}.`,
  },
  "INC-02": {
    section: "Incident response",
    statement:
      "A backup was restored within the recovery time and point objectives, and the restored data was checked",
    proof: "evidence",
    why: "A backup that nobody restored is a hope.",
    remedy: `Restore the newest backup and hold it against the original: \`npm run restore-drill -- --stack {stack} --from DUMP --manifest MANIFEST\`, and ${handedIn("INC-02")}.`,
  },
  "INC-03": {
    section: "Incident response",
    statement: "An incident drill was held with the people who are on call now",
    proof: "evidence",
    why: "Who has never been paged loses the first minutes to finding out how.",
    remedy: `Page the whole rotation with a test incident, write down who answered when, and ${handedIn("INC-03")}.`,
  },
  "INC-04": {
    section: "Incident response",
    statement: "Everybody on call is trained in severities, procedures and runbooks",
    proof: "sign-off",
    why: "Two people who judge a severity differently page different people.",
    remedy: `Hold the training for the whole rotation and have the DevOps lead sign: ${signOff("INC-04")}.`,
  },
  "INC-05": {
    section: "Incident response",
    statement: "The recovery from each disaster in scope is documented step by step",
    proof: "sign-off",
    why: "The person who knows it by heart is on holiday.",
    remedy: `Write the missing recovery runbooks and have the DevOps lead sign: ${signOff("INC-05")}.`,
  },
  "INC-06": {
    section: "Incident response",
    statement: "It is agreed who tells customers what, where and how often during an incident",
    proof: "sign-off",
    why: "Silence makes an outage of minutes look like one of hours.",
    remedy: `Write the communication plan with its templates and have the product lead sign: ${signOff("INC-06")}.`,
  },
  "INC-07": {
    section: "Incident response",
    statement:
      "Everybody on call has answered a push message of PagerDuty's app that rang through a muted phone",
    proof: "sign-off",
    why: "No provider can declare a device: where a call or an SMS is lost on its way, the app is the only other one.",
    remedy: `Have each person sign in on the app, let it override Do Not Disturb and answer a test notification, and have the DevOps lead sign: ${signOff("INC-07")}.`,
  },
  "INC-08": {
    section: "Incident response",
    statement: "Incidents of SEV1 to SEV3 appear in Microsoft Teams, and can be acknowledged there",
    proof: "sign-off",
    needs: { chat: ["teams"] },
    why: "PagerDuty is connected by its bot in Teams, which no provider can declare: nothing else shows a team that is left out.",
    remedy: `Connect each PagerDuty service of these severities with the bot, open a test incident in each, acknowledge it in the channel, and have the DevOps lead sign: ${signOff("INC-08")}.`,
  },
  "INC-09": {
    section: "Incident response",
    statement: "A test error of each service has rung its own PagerDuty service",
    proof: "sign-off",
    needs: { errors: ["sentry"] },
    why: "A person enters the services' keys in Sentry: a key in the wrong row rings somebody else, or nobody.",
    remedy: `Let each service report an error in production, see which PagerDuty service it opens an incident of, and have the DevOps lead sign: ${signOff("INC-09")}.`,
  },
} as const satisfies ChecklistRows;

export const processItems = {
  ...elsewhereItems,
  ...beforeDeployment,
  ...incidentResponse,
  ...afterDeployment,
  ...decision,
} as const;
