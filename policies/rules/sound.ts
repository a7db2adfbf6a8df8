/** Properties whose values need no model: bounds by type (policies/sound/). */
import { type Rule, stackRule } from "../rule.ts";
import { awsProperties } from "../sound/aws.ts";
import { datadogProperties } from "../sound/datadog.ts";
import { pagerdutyProperties } from "../sound/pagerduty.ts";
import { sentryProperties } from "../sound/sentry.ts";
import { unsound } from "../sound/sound.ts";
import { vercelProperties } from "../sound/vercel.ts";

const byType = new Map(
  Object.entries({
    ...awsProperties,
    ...datadogProperties,
    ...pagerdutyProperties,
    ...sentryProperties,
    ...vercelProperties,
  }),
);

export const soundRules: readonly Rule[] = [
  stackRule({
    id: "properties-sound",
    item: "GOV-16",
    checkStack: ({ resources }) =>
      resources.flatMap((resource) => {
        const properties = byType.get(resource.type);
        return properties ? unsound(resource, properties).map((found) => ({ resource, ...found })) : [];
      }),
  }),
];
