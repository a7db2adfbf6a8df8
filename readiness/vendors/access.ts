/** How the vendors' interfaces are reached, with what an update logs in with; no value is ever shown. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { addressIn } from "../ask.ts";
import { UsageError } from "../errors.ts";

export type Vendor = "datadog" | "pagerduty" | "vercel";

/** Whether a package of Pulumi's is one of theirs. */
export function isVendor(name: string): name is Vendor {
  return Object.hasOwn(accesses, name);
}

export interface Access {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Added to every address. */
  readonly query: Readonly<Record<string, string>>;
}

/** What of a stack's settings says where its accounts are. */
export interface Accounts {
  readonly monitoring: Pick<StackSpec["monitoring"], "site"> | { readonly site: string };
  readonly vercel: Pick<StackSpec["vercel"], "teamId">;
}

type Config = Readonly<Record<string, string>>;
type Environment = NodeJS.ProcessEnv;

/**
 * What the environment grants at one vendor.
 * @throws UsageError that names what is missing
 */
export function accessTo(vendor: Vendor, spec: Accounts, config: Config, env: Environment): Access {
  return accesses[vendor](spec, config, env);
}

const accesses: Readonly<Record<Vendor, (spec: Accounts, config: Config, env: Environment) => Access>> = {
  datadog({ monitoring }, _, env) {
    const url = addressIn(env, "DATADOG_API_URL", `https://api.${monitoring.site}`);
    const bearer = env["DD_BEARER_TOKEN"] || env["DATADOG_BEARER_TOKEN"];
    if (bearer) return { url, headers: { authorization: `Bearer ${bearer}` }, query: {} };
    const [api, app] = [
      env["DD_API_KEY"] || env["DATADOG_API_KEY"],
      env["DD_APP_KEY"] || env["DATADOG_APP_KEY"],
    ];
    if (!api || !app) throw missing(!api && "DD_API_KEY", !app && "DD_APP_KEY");
    return { url, headers: { "dd-api-key": api, "dd-application-key": app }, query: {} };
  },

  pagerduty(_, config, env) {
    const region = config["pagerduty:serviceRegion"] || env["PAGERDUTY_SERVICE_REGION"];
    const host = region === "eu" ? "api.eu.pagerduty.com" : "api.pagerduty.com";
    const url = addressIn(env, "PAGERDUTY_API_URL", `https://${host}`);
    const token = env["PAGERDUTY_TOKEN"];
    if (!token) throw missing("PAGERDUTY_TOKEN");
    const accept = "application/vnd.pagerduty+json;version=2";
    return { url, headers: { authorization: `Token token=${token}`, accept }, query: {} };
  },

  vercel({ vercel }, _, env) {
    const url = addressIn(env, "VERCEL_API_URL", "https://api.vercel.com");
    const token = env["VERCEL_API_TOKEN"];
    if (!token) throw missing("VERCEL_API_TOKEN");
    return { url, headers: { authorization: `Bearer ${token}` }, query: { teamId: vercel.teamId } };
  },
};

function missing(...names: readonly (string | false)[]): UsageError {
  const list = names.filter((name) => name !== false);
  return new UsageError(`${list.join(" and ")} ${list.length > 1 ? "are" : "is"} not in the environment`);
}

/** Where people look at what a vendor has. */
export function consoleOf(vendor: Vendor, { monitoring: { site }, vercel }: StackSpec): string {
  const consoles: Readonly<Record<Vendor, string>> = {
    // The first site of each continent serves its pages under app., the others under their own name.
    datadog: `https://${site.split(".").length === 2 ? `app.${site}` : site}`,
    pagerduty: "PagerDuty",
    vercel: `https://vercel.com/${vercel.teamSlug}`,
  };
  return consoles[vendor];
}
