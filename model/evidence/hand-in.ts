/**
 * The exact command that hands each proof in, item by item and part by part, where the service's repository lies beside
 * this one; what stands in capitals is to be filled in.
 */

const ofService = "--service SERVICE --source ../SERVICE --sign KEY";
const collect = (item: string, rest: string) =>
  `npm run evidence -- collect --item ${item} ${ofService} ${rest}`;
const run = (item: string, rest: string) => `npm run evidence -- run --item ${item} ${ofService} ${rest}`;
/** Of the stack as a whole, which is this repository's. */
const ofPlatform = (item: string, rest: string) =>
  `npm run evidence -- collect --item ${item} --service platform --sign KEY ${rest}`;

const probe = `npm run evidence -- probe ${ofService} --commit COMMIT --deployment ID --environment prod --url https://HOST`;

/** What `verify` wrote; of a release to staging it proves nothing about production. */
const watch = (item: string, phase: string) =>
  collect(item, `--environment prod --deployment ID --format verify-${phase} FILE`);

export const handInCommands = {
  "PRE-01": {
    unit: collect("PRE-01", "--suite unit --format vitest-json --exit-code $? FILE"),
    e2e: collect("PRE-01", "--suite e2e --format playwright-json --exit-code $? FILE"),
  },
  "PRE-02": { coverage: collect("PRE-02", "--format istanbul --exit-code $? FILE") },
  "PRE-03": { build: run("PRE-03", "-- npm run build") },
  "PRE-04": {
    lint: collect("PRE-04", "--format biome-json --exit-code $? FILE"),
    types: run("PRE-04", "-- npx tsc --noEmit"),
  },
  "PRE-05": { audit: run("PRE-05", "--format npm-audit -- npm audit --json") },
  "PRE-06": { review: collect("PRE-06", "--format security-review FILE") },
  "PRE-07": { bundle: collect("PRE-07", "--format next-bundle FILE") },
  "PRE-08": {
    lighthouse: collect("PRE-08", "--environment staging --deployment ID --format lighthouse FILE…"),
  },
  "PRE-09": {
    load: collect("PRE-09", "--environment staging --deployment ID --format k6-summary --exit-code $? FILE"),
  },
  "PRE-10": { probe },
  "PRE-11": { probe },
  "PRE-12": { axe: collect("PRE-12", "--format axe FILE…") },
  "PRE-13": {
    migrations: collect("PRE-13", "--schema FOLDER --format node-pg-migrate FILE"),
    back: run("PRE-13", "--schema FOLDER -- npm run migrate:down"),
  },
  "PRE-14": { plans: collect("PRE-14", "--schema FOLDER --format postgres-explain FILE") },
  "PRE-15": {
    smoke: collect(
      "PRE-15",
      "--suite smoke --environment staging --deployment ID --format playwright-json --exit-code $? FILE",
    ),
  },
  "PRE-18": { records: ofPlatform("PRE-18", "--environment prod --format verify-records FILE") },
  "INC-01": { rollback: collect("INC-01", "--environment staging --format rollback-test FILE") },
  "INC-02": { restore: ofPlatform("INC-02", "--environment prod --format restore-test FILE") },
  "INC-03": { drill: ofPlatform("INC-03", "--environment prod --format drill FILE") },
  "POST-01": { watch: watch("POST-01", "10m") },
  "POST-02": { watch: watch("POST-02", "1h") },
  "POST-03": { alerts: collect("POST-03", "--environment prod --deployment ID --format alert-history FILE") },
  "POST-04": {
    regression: collect(
      "POST-04",
      "--suite regression --environment prod --deployment ID --format playwright-json --exit-code $? FILE",
    ),
  },
} as const;

/** How each part of an item is handed in, in the words of a remedy. */
export function handedIn(item: keyof typeof handInCommands): string {
  const commands = Object.values<string>(handInCommands[item]).map((command) => `\`${command}\``);
  return `hand it in: ${commands.join(" and ")}`;
}
