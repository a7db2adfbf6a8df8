/** Who gets to a service around CloudFront: Vercel's clock at the jobs it calls, and authorities that issue certificates. */
import { about } from "../../aws.ts";
import { firewall, project, variablesOf } from "../../declared/application.ts";
import { challengePath, originSecretHeader } from "../../declared/edge.ts";
import { password } from "../../declared/secrets.ts";
import { eachRule } from "../../each-rule.ts";
import {
  type Asked,
  activeRules,
  type Condition,
  denied,
  guessed,
  missing,
  operator,
  right,
} from "../../effects/vercel-firewall.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Rule, resourceRule, type Violation } from "../../rule.ts";
import { whenReadable } from "../../unknown-value.ts";
import { type Config, onFirewall, pathsIn } from "./firewall.ts";

/** Any path that no rule names. */
const anywhere = "/any/page";

/** How Vercel calls a job (documentation, "Managing Cron Jobs"): by no name of the domain's, and with one secret. */
const cron: NonNullable<Asked["headers"]> = {
  "user-agent": "vercel-cron/1.0",
  authorization: right,
  host: "portal.vercel.app",
};

export const lockRules: readonly Rule[] = [
  resourceRule({
    id: "app-origin-locked",
    item: "APP-09",
    type: firewall,
    check: ({ props }) => {
      const entered = strangers(props).find((asked) => denied(props, asked) !== true);
      return entered
        ? {
            observed: `requests for ${entered.path} without ${originSecretHeader}, or with another value, are let in`,
            wanted: "denied",
          }
        : undefined;
    },
  }),
  eachRule({
    id: "app-crons-let-in",
    item: "APP-09",
    each: project,
    check: (app, stack) => {
      const secret = variablesOf(app, stack).get("CRON_SECRET");
      return onFirewall(app, stack, (config) => {
        const answers = (path: string) =>
          denied(config.props, { method: "GET", path, headers: cron }) === false;
        const jobs = pathsIn(config.props).filter((path) => !isChallenge(path) && answers(path));
        if (!secret) {
          return jobs.length > 0 || answers(anywhere)
            ? { observed: "calls with a secret are let in, and no job has one", wanted: "denied" }
            : undefined;
        }
        return [
          ...(jobs.length > 0
            ? []
            : [{ observed: "what Vercel's clock calls is denied", wanted: "let in with CRON_SECRET" }]),
          ...(answers(anywhere) ? [{ observed: "CRON_SECRET opens every path", wanted: "its jobs'" }] : []),
          ...(jobs.length > 0 ? about(secret as Resource, otherSecret(secret as Resource, config)) : []),
        ];
      });
    },
  }),
  eachRule({
    id: "app-certificates-issued",
    item: "APP-12",
    each: project,
    // Whether Vercel answers an authority before its firewall is asked is not documented.
    check: (app, stack) =>
      onFirewall(app, stack, ({ props }) => {
        const headers = { "user-agent": "authority" };
        return denied(props, { method: "GET", path: `${challengePath}token`, headers }) === true
          ? { observed: `${challengePath}* is denied to authorities`, wanted: "let in" }
          : undefined;
      }),
  }),
];

function isChallenge(path: string): boolean {
  return path.toLowerCase().startsWith(challengePath);
}

/** Everybody who knows no secret, wherever a rule may make a difference. */
function strangers(config: Config["props"]): readonly Asked[] {
  const named = pathsIn(config).flatMap((path) => [path, `${path}/x`]);
  const paths = ["/", anywhere, ...named].filter((path) => !isChallenge(path));
  const without: readonly (typeof missing | typeof guessed)[] = [missing, guessed];
  return paths.flatMap((path) =>
    ["GET", "POST"].flatMap((method) =>
      without.flatMap((origin) =>
        without.map((authorization) => ({
          method,
          path,
          headers: { [originSecretHeader]: origin, authorization },
          open: true as const,
        })),
      ),
    ),
  );
}

/** The firewall demands what Vercel sends: the same text, or, where that cannot be read, of the same source. */
function otherSecret(variable: Resource, config: Config): readonly Violation[] {
  const value = whenReadable(() => variable.props["value"]);
  const demanded = activeRules(config.props)
    .flatMap(({ conditionGroups }) => conditionGroups.flatMap(({ conditions }) => conditions))
    .filter((condition) => isOnCron(condition) && ["eq", "neq"].includes(operator(condition) ?? ""))
    .map((condition) => whenReadable(() => condition.value));
  const sources = linked(config as Resource, "rules", password);
  const shared = linked(variable, "value", password).some((source) => sources.includes(source));
  const same = demanded.every((wanted) => wanted === (value === undefined ? undefined : `Bearer ${value}`));
  return same && (value !== undefined || shared)
    ? []
    : [{ observed: "the firewall demands another secret than CRON_SECRET", wanted: "the same" }];
}

function isOnCron({ type, key }: Condition): boolean {
  return type === "header" && key?.toLowerCase() === "authorization";
}
