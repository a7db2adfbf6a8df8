/** What an answer has to look like, told as soon as it is given; whatever else is wrong, the stack files say. */
import { z } from "zod";
import { domain, slug, text } from "../../model/config/forms.ts";
import { repository } from "../../model/config/languages.ts";
import { zone } from "../../model/config/people-schema.ts";
import { lineOfPerson } from "./stack-file/people.ts";

const account = text(/^\d{12}$/, "an AWS account's id of 12 digits");
const address = text(/^[a-z][\w-]*=\//, "a name and a path, such as login=/sign-in");

const forms: Readonly<Record<string, z.ZodType>> = {
  product: slug,
  owner: slug,
  domain,
  repository,
  appRepository: repository,
  accountStaging: account,
  accountProd: account,
  vercelTeamId: text(/^team_[A-Za-z0-9]+$/, "a Vercel team's id such as team_abc123"),
  vercelTeamSlug: slug,
  budget: text(/^(none|[1-9]\d{0,8})$/, "a number of US dollars such as 6000, or none"),
  addresses: z.ipv4().describe("an IPv4 address such as 198.51.100.7"),
  cloudflareZone: domain,
  cloudflareZoneId: text(/^[\da-f]{32}$/, "a zone's id of 32 hexadecimal digits"),
  people: text(lineOfPerson, 'such as "Ana Silva <ana@example.org> +44 7700900104 tech-lead"'),
  timeZone: zone,
  pages: address,
  routes: address,
};

/** What is wrong with an answer, or a line of one; nothing where its form is right. */
export function wrongForm(key: string, answer: string): string | undefined {
  const form = forms[key];
  if (form === undefined || form.safeParse(answer).success) return undefined;
  return `found "${answer}", must be ${form.description}`;
}
