/** What no file can do: the steps that are left, by what the team has. */
import { type Answers, text } from "./question.ts";

const has =
  (part: string, ...kinds: readonly string[]) =>
  (answers: Answers) =>
    kinds.includes(text(answers, part));
const always = () => true;

const steps: readonly (readonly [(answers: Answers) => boolean, string])[] = [
  [always, "npm install, then commit package-lock.json with the rest"],
  [always, "an AWS account for each stack, and in production's the role of awsAccount.breakGlassRole"],
  [
    has("network", "secure-compute"),
    "Vercel's Secure Compute network: its range as network.privateNetworkCidr, and peering after the first `up`",
  ],
  [
    has("database", "external"),
    "npx pulumi config set --secret secrets:DATABASE_URL --stack staging, and the same for prod",
  ],
  [
    has("memory", "existing"),
    "npx pulumi config set --secret secrets:CACHE_TOKEN --stack staging, and the same for prod",
  ],
  [
    has("database", "rds", "existing-rds"),
    "each service's database user, with GRANT rds_iam, after the first `up`",
  ],
  [
    (answers) =>
      has("database", "existing-rds")(answers) ||
      has("memory", "existing")(answers) ||
      ["zoneStaging", "zoneProd"].some((key) => !["", "none"].includes(text(answers, key))),
    "npm run facts -- --stack staging, and the same for prod: what is there already is judged by what they tell",
  ],
  [has("dns", "route53"), "the domain's delegation, when the first `up` prints the name servers"],
  [has("dns", "external"), "the records of the output dnsRecords, where the domain's are"],
  [has("dns", "cloudflare"), "CLOUDFLARE_API_TOKEN beside the other credentials"],
  [always, "Datadog's PagerDuty integration, and its AWS integration with the metrics that docs name"],
  [always, "Datadog's log drain of each Vercel project, from every source, with the tags env and service"],
  [has("chat", "slack"), "Datadog's and PagerDuty's Slack apps, installed in the workspace"],
  [has("chat", "teams"), "Datadog's bot, added to the channel of Microsoft Teams"],
  [always, "readiness:launch of Pulumi.prod.yaml, taken out once the site answers"],
  [always, "signers.yaml, before the first release"],
];

export function leftByHand(answers: Answers): readonly string[] {
  return steps.filter(([applies]) => applies(answers)).map(([, step]) => step);
}
