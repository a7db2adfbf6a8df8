/** Who decides that a release goes, and what is only proven once it has gone. */
import { handedIn } from "../evidence/hand-in.ts";
import { release, signOff } from "./commands.ts";
import type { ChecklistRows } from "./row.ts";

export const afterDeployment = {
  "POST-01": {
    section: "After deployment",
    phase: "after",
    statement: "In the first 10 minutes errors, response times and the database stay normal",
    proof: "probe",
    why: "A broken release shows at once, and is cheapest to roll back then.",
    remedy: `Roll back where errors rise, then look for the cause; watch with \`npm run verify -- --stack {stack} --commit COMMIT --phase 10m --format json --out FILE\` and ${handedIn("POST-01")}.`,
  },
  "POST-02": {
    section: "After deployment",
    phase: "after",
    statement: "In the first hour the service levels hold under real traffic",
    proof: "probe",
    why: "Leaks, exhausted pools and cold caches take longer than ten minutes to show.",
    remedy: `Follow the runbook of the alert that fires, roll back where it does not mend it; watch with \`npm run verify -- --stack {stack} --commit COMMIT --phase 1h --format json --out FILE\` and ${handedIn("POST-02")}.`,
  },
  "POST-03": {
    section: "After deployment",
    phase: "after",
    statement: "Over the first 24 hours, a full daily cycle, no alert stays open",
    proof: "evidence",
    why: "Night jobs, backups and the daily peak each load the release differently.",
    remedy: `Mend or roll back what the open alert names, export the alert history, and ${handedIn("POST-03")}.`,
  },
  "POST-04": {
    section: "After deployment",
    phase: "after",
    statement: "The regression tests pass against the deployed release",
    proof: "evidence",
    why: "Production's data and configuration differ from every environment that was tested.",
    remedy: `Run the regression tests against production and ${handedIn("POST-04")}.`,
  },
  "POST-05": {
    section: "After deployment",
    phase: "after",
    statement: "Customers are told what changed",
    proof: "sign-off",
    why: "A change that surprises customers arrives as support tickets.",
    remedy: `Publish the release note and have the product lead sign: ${signOff("POST-05")}.`,
  },
  "POST-06": {
    section: "After deployment",
    phase: "after",
    statement: "The deployment is closed: the technical lead has signed it off",
    proof: "sign-off",
    why: "As long as nobody closes it, nobody knows whether it is still being watched.",
    remedy: `Have the tech lead sign once the lines above are proven: ${signOff("POST-06")}.`,
  },
} as const satisfies ChecklistRows;

export const decision = {
  "GO-01": {
    section: "Go/no-go",
    statement: "The technical lead says go",
    proof: "sign-off",
    why: "Somebody answers for the state of the software.",
    remedy: `Have the tech lead sign for this release: ${signOff("GO-01")}.`,
  },
  "GO-02": {
    section: "Go/no-go",
    statement: "The product lead says go",
    proof: "sign-off",
    why: "Somebody answers for the state of the product.",
    remedy: `Have the product lead sign for this release: ${signOff("GO-02")}.`,
  },
  "GO-03": {
    section: "Go/no-go",
    statement: "The CTO says go",
    proof: "sign-off",
    why: "Somebody answers for the risk to the company.",
    remedy: `Have the CTO sign for this release, two people at least among GO-01, GO-02 and GO-03: ${signOff("GO-03")}.`,
  },
  "GO-04": {
    section: "Go/no-go",
    statement: "The deployment window is agreed: when it opens, when it closes, who is there",
    proof: "sign-off",
    why: "A deployment that starts when the people leave ends without them.",
    remedy: `Write the window into the release (${release}) and have the DevOps lead sign: ${signOff("GO-04")}.`,
  },
  "GO-05": {
    section: "Go/no-go",
    statement: "The rollback plan says what triggers a rollback, who decides and who does it",
    proof: "sign-off",
    why: "In the incident itself every minute of discussion is a minute of outage.",
    remedy: `Write the rollback plan into the release (${release}) and have the tech lead sign: ${signOff("GO-05")}.`,
  },
  "GO-06": {
    section: "Go/no-go",
    statement: "The communication plan names who is told before, during and after the deployment",
    proof: "sign-off",
    why: "Support and partners who do not know of a deployment report it as an incident.",
    remedy: `Write the communication plan into the release (${release}) and have the product lead sign: ${signOff("GO-06")}.`,
  },
} as const satisfies ChecklistRows;
