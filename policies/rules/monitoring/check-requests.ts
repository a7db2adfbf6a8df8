/** What a check from outside asks, and what it takes for well. */
import { distribution } from "../../declared/edge.ts";
import { type SyntheticCheckProps, syntheticCheck } from "../../declared/monitoring.ts";
import { eachRule } from "../../each-rule.ts";
import type { Resource, Stack } from "../../resource.ts";
import { type Doubt, type Result, type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";

type Check = Resource<SyntheticCheckProps>;

/** Headers by which a request reaches another site under the name of this one. */
const diverting = ["host", "x-forwarded-host"];
/** Headers by which a request proves who it is: everybody in Datadog reads what a test sends. */
const proving = /auth|cookie|secret|token|password|credential|signature|session|api-?key/i;
/** A global variable of Datadog's, which can be hidden. */
const variableOnly = /^(Bearer |Basic )?\{\{\s*\w+\s*\}\}$/;

export const checkRequestRules: readonly Rule[] = [
  eachRule({
    id: "checks-ask-the-product",
    item: "MON-42",
    each: syntheticCheck,
    check: ({ props }, stack) => {
      const {
        requestDefinition: { url, host, port, servername } = {},
        requestProxy,
        requestHeaders = {},
      } = props;
      const diverted = Object.keys(requestHeaders).filter((name) => diverting.includes(name.toLowerCase()));
      const open = Object.entries(requestHeaders)
        .filter(([name, value]) => proving.test(name) && !variableOnly.test(value))
        .map(([name]) => name);
      const found: readonly (Violation | Doubt | undefined)[] = [
        open.length > 0
          ? { observed: `its ${open.join(", ")} can be read in the test`, wanted: "a global variable" }
          : undefined,
        requestProxy && { observed: "it asks through a proxy", wanted: "as visitors do" },
        diverted.length > 0
          ? { observed: `it sends ${diverted.join(", ")}`, wanted: "as visitors do" }
          : undefined,
        url === undefined ? atHost(host, port, servername, stack) : atUrl(url, stack),
      ];
      return found.filter((f) => f !== undefined);
    },
  }),
  resourceRule({
    id: "checks-assert-success",
    item: "MON-42",
    type: syntheticCheck,
    check: succeeds,
  }),
  stackRule({
    id: "checks-ask-different-pages",
    item: "MON-42",
    checkStack: (stack) => {
      const asking = stack
        .ofType(syntheticCheck)
        .filter(({ props }) => props.requestDefinition?.url !== undefined);
      if (asking.length === 0) return { observed: "no check asks for a page", wanted: "declared" };
      return [
        ...Map.groupBy(asking, ({ props }) => withoutSlash(props.requestDefinition?.url ?? "")),
      ].flatMap(([url, [first, ...twins]]) =>
        twins.map((twin) => ({
          resource: twin as Resource,
          observed: `it asks for ${url}, as ${first?.name} does`,
          wanted: "another page",
        })),
      );
    },
  }),
];

/** An address that visitors use. Whether a service answers there `edge-requests-reach-their-service` tells. */
function atUrl(text: string, stack: Stack): Violation | Doubt | undefined {
  if (text.includes("{{")) return { doubt: "its address has variables" };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" || url.port !== "" || url.username !== "") {
    return { observed: `it asks for ${url?.protocol ?? "no address"}`, wanted: "https, at its usual port" };
  }
  return isOwn(url.hostname, stack) ? undefined : foreign(url.hostname);
}

function atHost(
  host: string | undefined,
  port: string | undefined,
  servername: string | undefined,
  stack: Stack,
): Violation | Doubt | undefined {
  if (host === undefined) return { doubt: "it asks in steps that no rule can follow" };
  const strange = [host, servername ?? host].find((name) => !isOwn(name, stack));
  if (strange !== undefined) return foreign(strange);
  return port === "443" ? undefined : { observed: `it asks at port ${port}`, wanted: "443" };
}

/** A host name of the edge; `*.example.com` has one label more. */
function isOwn(host: string, stack: Stack): boolean {
  const wildcard = host.replace(/^[^.]+/, "*");
  return stack
    .ofType(distribution)
    .flatMap(({ props }) => props.aliases ?? [])
    .some((alias) => alias === host || alias === wildcard);
}

function foreign(host: string): Violation {
  return { observed: `it asks ${host}`, wanted: "the product's own host name, as the edge has it" };
}

/** An answer that no fault could give: all assertions of a check have to hold. */
function succeeds({ props }: Check): Result {
  const { assertions = [], type, subtype, browserSteps = [] } = props;
  if (type === "browser") {
    const proving = browserSteps.filter(
      (step) => step.type.startsWith("assert") && step.allowFailure !== true,
    );
    return proving.length > 0
      ? undefined
      : { observed: "no step of it asserts anything", wanted: "one that does" };
  }
  if (subtype === "http") {
    const success = assertions.some(
      (a) => a.type === "statusCode" && a.operator === "is" && /^2\d\d$/.test(a.target ?? ""),
    );
    return success
      ? undefined
      : { observed: "it takes any status for success", wanted: "asserting that it is 200" };
  }
  if (subtype === "ssl") {
    const lasting = assertions.some((a) => a.type === "certificate" && a.operator === "isInMoreThan");
    return lasting
      ? undefined
      : { observed: "it takes any certificate", wanted: "asserting how long it lasts" };
  }
  return { doubt: `what a check of the kind ${subtype ?? type} proves` };
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, "");
}
