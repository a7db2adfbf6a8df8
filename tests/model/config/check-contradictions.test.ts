import { expect, it } from "vitest";
import { checkConfig } from "../../../model/config/stack-spec.ts";
import { type Change, prodConfig, prodSettings } from "../prod-config.ts";

const service = (part: object): Change => [
  ["readiness:services"],
  [{ ...Object(prodSettings()["readiness:services"])[0], ...part }],
];

/** What a service says of its checks and what else it says. */
const contradictions: readonly (readonly [what: string, change: Change, path: string, message: string])[] = [
  [
    "a check that is none of the service's",
    service({ checks: { portl: { headers: { Accept: "text/html" } } } }),
    "readiness:services[0].checks.portl",
    'found "portl", must be a check of the service: homepage, login, portal, admin, health, api-list',
  ],
  [
    "a redirect to nowhere",
    service({ checks: { admin: { status: 307 } } }),
    "readiness:services[0].checks.admin",
    "found the status 307 alone, must be a location that the redirect leads to",
  ],
  [
    "a place to be sent to that nobody is sent to",
    service({ checks: { admin: { location: "/login" } } }),
    "readiness:services[0].checks.admin",
    "found the status 200 with a location, must be a status of 3xx, or no location",
  ],
  [
    "health that is elsewhere",
    service({ checks: { health: { status: 302, location: "/login" } } }),
    "readiness:services[0].checks.health.status",
    "found 302, must be below 300",
  ],
  [
    "a check whose login has no value",
    service({ checks: { portal: { authentication: "CHECK_LOGIN" } } }),
    "readiness:services[0].checks.portal.authentication",
    "run `pulumi config set --secret secrets:CHECK_LOGIN`",
  ],
];

it.each(contradictions)("%s is refused", (_, change, path, message) => {
  const { issues } = checkConfig("prod", prodConfig(change));
  expect(issues).toEqual([expect.objectContaining({ path, message: expect.stringContaining(message) })]);
});
