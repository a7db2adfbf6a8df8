import type { ChecklistRows } from "./row.ts";

const section = "Database";
const needs = { database: ["external"] } as const;
const signOff = (item: string) =>
  `npm run signoff -- --stack {stack} --item ${item} --person PERSON --key FILE`;

/** What takes the place of rows on what somebody else runs, such as the database: what nobody declares, people look at. */
export const elsewhereItems = {
  "DB-12": {
    section,
    statement: "The login to a database elsewhere is a secret of production, and its server proves who it is",
    proof: "policy",
    needs,
    why: "The way to it is the internet: without a certificate that is checked, anybody on the way can be the database.",
    remedy:
      "Leave DATABASE_URL and PGSSLMODE to components/app/variables.ts, and set secrets:DATABASE_URL to an address with sslmode=verify-full or without sslmode.",
  },
  "DB-13": {
    section,
    statement:
      "The login to the database elsewhere was changed within a year, and the old one no longer works",
    proof: "sign-off",
    needs,
    why: "A password that nobody changes outlives the people who knew it, and every log that it slipped into.",
    remedy: `Make a new login, set secrets:DATABASE_URL, deploy, drop the old one, see that it is refused, and have the DevOps lead sign: ${signOff("DB-13")}.`,
  },
  "DB-14": {
    section,
    statement:
      "The database's provider keeps a way back to any second of a week, a standby in another zone, encryption at rest and current versions",
    proof: "sign-off",
    needs,
    why: "What the plan that was bought does not promise is found out in the outage.",
    remedy: `Hold the plan, its region, its history retention and who may log in to the provider's console against the line above, and have the DevOps lead sign: ${signOff("DB-14")}.`,
  },
  "MON-47": {
    section: "Monitoring",
    statement:
      "What watches for outages elsewhere asks for the site's health each minute or two, without Datadog, and has rung whoever is on call within ten minutes",
    proof: "sign-off",
    needs: { outsideWatch: ["elsewhere"] },
    why: "Nothing that the stack declares shows it: one that asks every hour, or rings nobody, looks the same in the dashboard of whoever sells it. A scheduled workflow of GitHub's comes late, or not at all, while GitHub is busy.",
    remedy: `Let it ask for a page that is not there, see that the phone rings within ten minutes and that the incident ends by itself, and have the DevOps lead sign: ${signOff("MON-47")}`,
  },
} as const satisfies ChecklistRows;
