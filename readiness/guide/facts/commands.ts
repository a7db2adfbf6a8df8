/** Commands to copy, with the stack's names in them. */

import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { handInCommands } from "../../../model/evidence/hand-in.ts";

export function commandFacts({ stack, services }: StackSpec, rehearsal: string | undefined) {
  const tried = rehearsal ?? "STAGING";
  const commits = services.map(({ name }) => `--service ${name}=COMMIT@DEPLOYMENT`).join(" ");
  return {
    "check-commands": sh(
      [`npm run check -- --stack ${stack}`, "the verdict, and what it lacks"],
      [`npm run explain -- DB-02 --stack ${stack}`, "one line: why, what proves it, what mends it"],
      [`npm run check -- --stack ${stack} --format html --out report.html`, "for the meeting"],
    ),
    "deploy-commands": sh(
      [`npm run preview -- --stack ${tried}`, "what would change"],
      [`npm run up -- --stack ${tried}`, "try it"],
      [`npm run release -- --stack ${stack} ${commits}`, "write the release; people complete and sign it"],
      [`npm run release -- --stack ${stack}`, "where it stands, what is next, who signs"],
      [
        `npm run release -- --stack ${stack} --run`,
        "carry out what is next, until a gate or a person says no",
      ],
      [`npm run verify -- --stack ${stack} --phase 10m`, "watch it"],
    ),
    "rollback-commands": sh(
      [`npm run rollback -- --stack ${stack} --dry-run`, "what would happen; changes nothing"],
      [`npm run rollback -- --stack ${stack}`, "to the last good deployment"],
    ),
    "drill-commands": sh([
      `npm run drill -- --stack ${stack} --alert service-outage`,
      "the way of an alert, second by second",
    ]),
    "page-drill": sh(
      [`npm run oncall -- --stack ${stack}`, "who will be called"],
      [`npm run drill -- --stack ${stack} --alert service-outage`, "what should happen"],
      [`npm run drill -- --stack ${stack} --alert service-outage --send`, "a real page, marked as a drill"],
      [handInCommands["INC-03"].drill, "who answered when"],
    ),
    "rollback-drill": sh(
      [
        `npm run rollback -- --stack ${tried} --practise --down-to MIGRATION`,
        "take back what staging runs, and write the times",
      ],
      [handInCommands["INC-01"].rollback, "hand them in"],
    ),
    "restore-drill": sh(
      [
        `npm run restore-drill -- --stack ${stack} --take app.dump --manifest app.json`,
        "a copy of SOURCE_DATABASE_URL, and what it is made of",
      ],
      [
        `npm run restore-drill -- --stack ${stack} --from app.dump --manifest app.json`,
        "into a scratch server that goes away",
      ],
      [handInCommands["INC-02"].restore, "hand in what it wrote"],
    ),
  };
}

/** Each command below what it is for. */
function sh(...commands: readonly (readonly [command: string, purpose: string])[]): string {
  return ["```sh", ...commands.flatMap(([command, purpose]) => [`# ${purpose}`, command]), "```"].join("\n");
}
