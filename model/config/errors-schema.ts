/** What keeps the services' errors: `readiness:errors`. */
import { z } from "zod";
import { slug, text } from "./forms.ts";

const id = text(/^\d{1,20}$/, 'an id of Sentry\'s in quotes, such as "139"');

/** Traces and Real User Monitoring, which every stack has. */
const datadog = z.strictObject({ kind: z.literal("datadog") });

/** A project of Sentry's for each service, beside them. */
const sentry = z.strictObject({
  kind: z.literal("sentry"),
  /** The organisation's and the team's names in Sentry's addresses. */
  organization: slug,
  team: slug,
  /**
   * PagerDuty as Sentry knows it: `GET /api/0/organizations/<organization>/integrations/` tells the ids. No provider
   * enters the services' keys there: each has one named Sentry in PagerDuty (docs/errors.md).
   */
  pagerDuty: z.strictObject({
    /** Of the integration. */
    account: id,
    /** By the name of the PagerDuty service, such as `portal-prod-sev2`, which has alerts once its id stands here. */
    services: z.record(slug, id).default({}),
  }),
});

export const errors = z.discriminatedUnion("kind", [datadog, sentry]);
