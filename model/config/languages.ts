/**
 * What a value may hold that becomes a part of another language: there a quote, a brace or an `@` would end the value
 * and begin something else. One form for each language; what it does not need is refused rather than escaped.
 */
import { z } from "zod";
import { count, filled, text } from "./forms.ts";

/** Datadog's and PagerDuty's messages: `@name` tells somebody, `{{…}}` is a variable, a line ends an entry. */
export const line = filled
  .refine((written) => !/[@{}<>`\n\t]/.test(written) && written.length <= 200)
  .describe(
    "a text of one line of your own, without @ { } < > ` and with nothing in brackets left to fill in",
  );

/** Words that stand where a reason is still to come. */
const noReason =
  /^(because|fixme|just|later|n ?a|no ?one|nobody|none|nothing|not applicable|reason|tbc|tbd|test|to ?do|unknown|wip|x+)$/i;

/** Why a product does without something, which its report says in place of that. */
export const reason = line
  .refine((written) => {
    const words = written.match(/\p{L}+/gu) ?? [];
    return words.join("").length >= 4 && !noReason.test(words.join(" "));
  })
  .describe(`why, as your reports are to say it: ${line.description}, and no word in place of a reason`);

/** A part of Datadog's `@slack-<account>-<channel>`, which a blank ends. */
export const handlePart = text(
  /^[\w.-]{1,80}$/,
  "the Slack account's name in Datadog: letters, digits, - _ and .",
);

/** Links, IAM's subject `repo:<owner>/<name>:…`, a quoted term of Datadog's searches. */
export const repository = text(
  /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/(?!\.{1,2}$)[\w.-]{1,100}$/,
  "a GitHub repository such as example/portal",
);

/** What GitHub's tokens of younger repositories name besides: ids outlive names, which somebody else can take over. */
export const repositoryIds = z
  .strictObject({
    /** `gh api repos/<owner>/<name> --jq .owner.id` */
    owner: count(1, Number.MAX_SAFE_INTEGER),
    /** `gh api repos/<owner>/<name> --jq .id` */
    repository: count(1, Number.MAX_SAFE_INTEGER),
  })
  .optional();

/** An unquoted term of Datadog's searches, and a name that git takes. */
export const branch = text(
  /^(?![-/.])(?!.*(\/[/.]|\.\.|\.lock$))[\w./-]{0,199}[\w-]$/,
  "a branch such as main or release/2026: letters, digits, - _ . and /",
);

/** A folder within a repository. */
export const folder = text(
  /^(?!.*(^|\/)\.{1,2}(\/|$))(?!.*\/\/)[\w@()[\].-][\w@()[\]./-]{0,199}$/,
  "a folder within the repository such as apps/portal",
);

/** Addresses, CloudFront's path patterns (`*` and `?` match there), a quoted term of Datadog's filters, firewall rules. */
export const urlPath = text(
  /^(?!.*\/(\.{1,2}(\/|$)|\/))\/[A-Za-z0-9._~/-]{0,254}$/,
  "a path that starts with / and holds letters, digits, - _ . ~ and / alone",
);

/** Where a service lives: CloudFront tells `/api/` from `/api`, and a pattern of it is made by adding to it. */
export const servicePath = urlPath
  .refine((path) => path === "/" || !path.endsWith("/"))
  .describe(`${urlPath.description}, and none at its end but of "/" itself`);

/** A path with what a request may ask for. */
export const route = text(
  /^(?!.*\/(\.{1,2}([/?]|$)|\/))\/[A-Za-z0-9._~/-]{0,254}(\?[A-Za-z0-9._~=&%+-]{1,254})?$/,
  "a path such as /api/orders or /api/search?q=chair: letters, digits, - _ . ~ and / alone",
);

/** Of requests of Datadog's checks, which fill in `{{ NAME }}`; none by which a request proves who it is. */
export const headerName = text(
  /^(?!authorization$|cookie$|host$|x-forwarded-host$)[A-Za-z][A-Za-z0-9-]{0,99}$/i,
  "a header's name such as Accept-Language; what proves who asks is for authentication",
);
export const headerValue = text(
  /^[^\s{}\P{ASCII}]([^{}\P{ASCII}\p{Cc}]{0,998}[^\s{}\P{ASCII}])?$/u,
  "a header's value: ASCII without braces, and no blank at its ends",
);

/** By these beginnings frameworks build a variable into what every browser gets. */
const shownToBrowsers =
  /^(NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|VITE|REACT_APP|GATSBY|ASTRO_PUBLIC|EXPO_PUBLIC|VUE_APP|STORYBOOK)_/;

export const secretName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,255}$/)
  .refine((name) => !shownToBrowsers.test(name) && !/^VERCEL_/.test(name))
  .describe(
    "a variable name such as STRIPE_KEY; none that a framework shows to browsers (NEXT_PUBLIC_…) or Vercel sets (VERCEL_…)",
  );

/** Variables that the stack gives to every service. */
export const ownVariables = [
  "APP_ENVIRONMENT",
  "APP_URL",
  "DATABASE_HOST",
  "DATABASE_PORT",
  "DATABASE_NAME",
  "DATABASE_USER",
  "AWS_ROLE_ARN",
  "AWS_REGION",
  "REDIS_HOST",
  "REDIS_PORT",
  "REDIS_AUTH_TOKEN",
  "REDIS_USER",
  "SESSION_SECRET",
  "CRON_SECRET",
  "SENTRY_ENVIRONMENT",
  "SENTRY_TRACES_SAMPLE_RATE",
  "SENTRY_PROFILES_SAMPLE_RATE",
] as const;
export type OwnVariable = (typeof ownVariables)[number];
