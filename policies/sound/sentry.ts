/** What properties of Sentry's resources may be (API reference, and the provider's own documentation). */
import { absent, filled, like, reference, type SoundProperties } from "./sound.ts";

const name = like(/^[a-z0-9][a-z0-9_-]*$/, "a name of Sentry's addresses");

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
  "sentry:index/sentryIssueAlert:SentryIssueAlert": { organization: name, project: reference, name: filled },
};
