/** The JSON schema of a stack file, made of the config's own: editors complete and underline by it. */
import { z } from "zod";
import { homeRegion, stackConfig } from "../../model/config/schema.ts";

/** What Pulumi itself keeps beside the config. */
const pulumis = ["secretsprovider", "encryptedkey", "encryptionsalt", "environment"] as const;

export function stackFileSchema(): object {
  const { properties = {}, required = [] } = schemaOf(stackConfig);
  const own = Object.entries(properties).map(([key, schema]) => [`readiness:${key}`, orEncrypted(schema)]);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Pulumi.<stack>.yaml of production-readiness",
    description:
      "Written by `npm run config:schema` from model/config/schema.ts. What several settings say together, `npm run check` tells.",
    type: "object",
    required: ["config"],
    properties: {
      ...Object.fromEntries(pulumis.map((key) => [key, {}])),
      config: {
        type: "object",
        required: ["aws:region", ...required.map((key) => `readiness:${key}`)],
        properties: { "aws:region": schemaOf(homeRegion), ...Object.fromEntries(own) },
        patternProperties: {
          "^secrets:": {
            description: "A secret of an app, written by `pulumi config set --secret`.",
            ...encrypted,
          },
          // Of other namespaces nothing is known.
          "^(?!readiness:|secrets:|aws:region$)": {},
        },
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  };
}

const encrypted = {
  type: "object",
  required: ["secure"],
  additionalProperties: false,
  properties: { secure: { type: "string" } },
};

/** Any setting may be encrypted as a whole. */
function orEncrypted(schema: unknown): object {
  return { if: encrypted, else: schema };
}

/** As people write it. Formats have patterns beside them, which every editor knows. */
function schemaOf(schema: z.ZodType) {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-7",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      delete jsonSchema.format;
    },
  });
  return json;
}
