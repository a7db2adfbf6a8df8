/** What properties of Sentry's resources may be (API reference, and the provider's own documentation). */
import { absent, between, filled, ifSet, like, reference, type SoundProperties } from "./sound.ts";

const name = like(/^[a-z0-9][a-z0-9_-]*$/, "a name of Sentry's addresses");

const id = like(/^[1-9]\d{0,19}$/, "an id of Sentry's");

export const sentryProperties: Readonly<Record<string, SoundProperties>> = {
  "sentry:index/sentryProject:SentryProject": {
    organization: name,
    teams: filled,
    "teams.*": name,
    name: filled,
    slug: name,
    platform: filled,
    // What is resolved by age is back without anybody having looked at it.
    resolveAge: absent,
  },
  "sentry:index/sentryKey:SentryKey": {
    organization: name,
    project: reference,
    name: filled,
    // Above it errors are dropped.
    rateLimitCount: absent,
    rateLimitWindow: absent,
  },
  "sentry:index/sentryIssueAlert:SentryIssueAlert": {
    organization: name,
    project: reference,
    name: filled,
    // "Create an Issue Alert Rule for a Project": minutes.
    frequency: between(5, 43_200, "minutes"),
    "actions.*.account": ifSet(id),
    "actions.*.service": ifSet(id),
  },
};
