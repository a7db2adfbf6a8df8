/**
 * A stand-in for Vercel, by the declared resources and its documentation ("Reverse proxy servers", "Rule configuration
 * reference", "Managing cron jobs", "Request headers"). Where the documentation leaves two answers, it gives the worse.
 */
import type { Unwrap } from "@pulumi/pulumi";
import type * as vercel from "@pulumiverse/vercel";
import { type Answer, type Call, says } from "./call.ts";
import { type Declared, inputsOf } from "./declared-edge.ts";

type Config = Unwrap<vercel.FirewallConfigArgs>;
type Rules = NonNullable<NonNullable<Config["rules"]>["rules"]>;
type Condition = Rules[number]["conditionGroups"][number]["conditions"][number];

/** What runs a function: a build, or a story. `seconds` is how long it would take. */
export type Run = (call: Call) => Promise<Answer>;

export class Vercel {
  readonly #domains: readonly string[];
  readonly #config: Config | undefined;
  readonly #variables: ReadonlyMap<string, string>;
  readonly #longest: number;
  readonly #run: Run;
  readonly #certificates: Set<string>;
  /** Who asked, as far as Vercel can tell. */
  readonly visitors = new Set<string>();
  /** How often a function was run. */
  runs = 0;

  /** @param certificates names whose certificates are there already */
  constructor(declared: readonly Declared[], run: Run, certificates: readonly string[] = []) {
    this.#domains = inputsOf<{ domain: string }>(declared, "ProjectDomain").map(({ domain }) => domain);
    [this.#config] = inputsOf<Config>(declared, "FirewallConfig");
    this.#variables = new Map(
      inputsOf<{ key: string; value: string }>(declared, "ProjectEnvironmentVariable").map((v) => [
        v.key,
        v.value,
      ]),
    );
    const [project] = inputsOf<Unwrap<vercel.ProjectArgs>>(declared, "Project");
    this.#longest = project?.resourceConfig?.functionDefaultTimeout ?? 300;
    this.#run = run;
    this.#certificates = new Set(["portal-prod.vercel.app", ...certificates]);
  }

  variable(name: string): string | undefined {
    return this.#variables.get(name);
  }

  /** As CloudFront asks: nothing where the name in the handshake has no certificate. */
  async answer(call: Call): Promise<Answer | undefined> {
    if (call.secure && !this.#certificates.has(call.host)) return undefined;
    if (!call.secure && !call.path.startsWith(challenge))
      return says(308, "", { location: `https://${call.host}` });
    const owns = this.#domains.includes(call.host) || call.host === "portal-prod.vercel.app";
    if (!owns) return says(404, "DEPLOYMENT_NOT_FOUND");
    if (this.#denies(call)) return says(403, "denied by the firewall");
    if (call.path.startsWith(challenge)) return says(200, keyOf(call.path, call.host));
    this.visitors.add(call.headers["cloudfront-viewer-address"]?.replace(/:\d+$/, "") ?? call.address);
    this.runs++;
    const forwarded = { "x-forwarded-host": call.host, "x-forwarded-proto": "https" };
    const answer = await this.#run({ ...call, headers: { ...call.headers, ...forwarded } });
    return (answer.seconds ?? 0) > this.#longest
      ? { ...says(504, "FUNCTION_INVOCATION_TIMEOUT"), seconds: this.#longest }
      : answer;
  }

  /** A certificate by HTTP-01: the authority asks the name itself, wherever DNS leads it. */
  async obtainCertificate(host: string, internet: (call: Call) => Promise<Answer>): Promise<boolean> {
    const path = `${challenge}token`;
    const asked = await internet({
      ...stranger,
      host,
      path,
      secure: false,
      headers: { "user-agent": "Let's Encrypt validation server" },
    });
    const proven = asked.status === 200 && asked.body.toString() === keyOf(path, host);
    if (proven) this.#certificates.add(host);
    return proven;
  }

  /** What the clock does: straight to the deployment, with the secret that the project has. */
  callCron(path: string): Promise<Answer | undefined> {
    const secret = this.variable("CRON_SECRET");
    return this.answer({
      ...stranger,
      host: "portal-prod.vercel.app",
      path,
      headers: {
        "user-agent": "vercel-cron/1.0",
        ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
      },
    });
  }

  #denies(call: Call): boolean {
    return (this.#config?.rules?.rules ?? [])
      .filter(({ action, active }) => active !== false && action.action === "deny")
      .some(({ conditionGroups }) => conditionGroups.some((g) => g.conditions.every((c) => holds(c, call))));
  }
}

const challenge = "/.well-known/acme-challenge/";
const keyOf = (path: string, host: string) => `${path} of ${host}`;

/** A request of anybody, from anywhere. */
export const stranger: Call = {
  secure: true,
  method: "GET",
  host: "portal.example.com",
  path: "/",
  headers: {},
  body: Buffer.alloc(0),
  address: "203.0.113.9",
};

function holds({ type, key = "", op, value = "", values = [], neg = false }: Condition, call: Call): boolean {
  const [path = ""] = call.path.split("?");
  const subject = {
    environment: "production",
    path,
    method: call.method,
    header: call.headers[key.toLowerCase()],
  }[type]?.toLowerCase();
  const wanted = value.toLowerCase();
  const among = values.some((v) => v.toLowerCase() === subject);
  const answer = {
    eq: subject === wanted,
    neq: subject !== wanted,
    ex: subject !== undefined,
    nex: subject === undefined,
    pre: subject?.startsWith(wanted) === true,
    inc: among,
    ninc: !among,
  }[op];
  if (answer === undefined) throw new Error(`the operator ${op} is not understood`);
  return answer !== neg;
}
