/** What contradicts itself in a service's pages. */
import { endpointClasses } from "../service-levels/targets.ts";
import type { Keys } from "./error.ts";
import type { CrossCheck } from "./written-config.ts";

/** Checks of a service that are of no page; routes are checked that only read. */
export const ownChecks = [
  "health",
  ...endpointClasses.filter((name) => name !== "write").map((name) => `api-${name}`),
];

export const pageChecks: readonly CrossCheck[] = [
  function* pagesAreNoOtherChecks({ services }) {
    for (const [i, { pages }] of services.entries()) {
      for (const name of ownChecks.filter((own) => Object.hasOwn(pages, own))) {
        yield [
          ["services", i, "pages", name],
          `found "${name}", must be another name: a check of the service has it`,
        ];
      }
    }
  },

  function* pageRolesAreOfPages({ services }) {
    for (const [i, { pages, pageRoles = {} }] of services.entries()) {
      for (const [role, said] of Object.entries(pageRoles)) {
        const at: Keys = ["services", i, "pageRoles", role];
        if (typeof said === "string" && !Object.hasOwn(pages, said)) {
          yield [at, `found "${said}", must be a page of the service: ${Object.keys(pages).join(", ")}`];
        } else if (typeof said === "object" && Object.hasOwn(pages, role)) {
          yield [[...at, "kind"], `found "none", must be nothing: the service has a page ${role}`];
        }
      }
    }
  },
];
