/** What a check from outside asks, and what it takes for well. */
import type * as datadog from "@pulumi/datadog";
import { customersHosts } from "../../declared/edge.ts";
import { type SyntheticCheckProps, syntheticCheck } from "../../declared/monitoring.ts";
import { eachRule } from "../../each-rule.ts";
import { all, present } from "../../expect.ts";
import { linked, type Resource, resourceType, type Stack } from "../../resource.ts";
import { type Doubt, type Result, type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";

type Check = Resource<SyntheticCheckProps>;
type Assertions = NonNullable<SyntheticCheckProps["assertions"]>;

const variable = resourceType<datadog.SyntheticsGlobalVariableArgs>(
  "datadog:index/syntheticsGlobalVariable:SyntheticsGlobalVariable",
);
type Variable = Resource<NonNullable<(typeof variable)["props"]>>;

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
    check: (resource, stack) => {
      const { props } = resource;
      const {
        requestDefinition: { url, host, port, servername } = {},
        requestProxy,
        requestHeaders = {},
        configVariables = [],
      } = props;
      const diverted = Object.keys(requestHeaders).filter((name) => diverting.includes(name.toLowerCase()));
      const open = Object.entries(requestHeaders)
        .filter(([name, value]) => proving.test(name) && !variableOnly.test(value))
        .map(([name]) => name);
      const given = configVariables.filter(({ type }) => type === "global").map(({ name }) => name);
      const missing = Object.values(requestHeaders)
        .flatMap((value) => [...value.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = ""]) => name))
        .filter((name) => configVariables.length > 0 && !given.includes(name));
      const found: readonly (Violation | Doubt | undefined)[] = [
        open.length > 0
          ? { observed: `its ${open.join(", ")} can be read in the test`, wanted: "a global variable" }
          : undefined,
        missing.length > 0
          ? { observed: `${missing.join(", ")} is no variable of the test`, wanted: "one of its global ones" }
          : undefined,
        requestProxy && { observed: "it asks through a proxy", wanted: "as visitors do" },
        diverted.length > 0
          ? { observed: `it sends ${diverted.join(", ")}`, wanted: "as visitors do" }
          : undefined,
        ...linked(resource as Resource, "configVariables", variable).flatMap(shown),
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

/** How a check proves who it is: in Datadog and in the state, nobody reads it. */
function shown({ props, additionalSecretOutputs, name }: Variable): readonly Violation[] {
  const hidden = props.secure === true || props.isTotp === true || props.isFido === true;
  return [
    ...all(present(props, "value")),
    ...(hidden ? [] : [{ observed: `everybody in Datadog can read its ${name}`, wanted: "secure" }]),
    ...(additionalSecretOutputs.includes("value")
      ? []
      : [{ observed: `its ${name} is plain in state`, wanted: "an additional secret output, value" }]),
  ];
}

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
  return customersHosts(stack).some((own) => own === host || own === wildcard);
}

function foreign(host: string): Violation {
  return { observed: `it asks ${host}`, wanted: "the product's own host name, as the edge has it" };
}

/** An answer that no fault could give: all assertions of a check have to hold. */
function succeeds({ props }: Check): Result {
  const { assertions = [], type, subtype, browserSteps = [], optionsList } = props;
  if (type === "browser") {
    const proving = browserSteps.filter(
      (step) => step.type.startsWith("assert") && step.allowFailure !== true,
    );
    return proving.length > 0
      ? undefined
      : { observed: "no step of it asserts anything", wanted: "one that does" };
  }
  if (subtype === "http") {
    return answersWell(assertions, optionsList?.followRedirects === true);
  }
  if (subtype === "ssl") {
    const lasting = assertions.some((a) => a.type === "certificate" && a.operator === "isInMoreThan");
    return lasting
      ? undefined
      : { observed: "it takes any certificate", wanted: "asserting how long it lasts" };
  }
  return { doubt: `what a check of the kind ${subtype ?? type} proves` };
}

/** A page's own answer: where a redirect is followed, the login page that it leads to answers as well. */
function answersWell(assertions: Assertions, follows: boolean): Result {
  const is = (form: RegExp) =>
    assertions.some((a) => a.type === "statusCode" && a.operator === "is" && form.test(a.target ?? ""));
  const leads = assertions.some(
    (a) => a.type === "header" && a.property?.toLowerCase() === "location" && a.target !== "",
  );
  if (!is(/^2\d\d$/) && !(is(/^3\d\d$/) && leads && !follows)) {
    return {
      observed: "it takes any status for success",
      wanted: "asserting that it is 200, or a redirect and where to",
    };
  }
  const tells = assertions.some(({ type }) => type === "body");
  return follows && !tells
    ? { observed: "it follows redirects and takes the login page for the page", wanted: "not following them" }
    : undefined;
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, "");
}
