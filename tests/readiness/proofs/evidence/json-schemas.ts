/** The JSON schemas of statements as zod writes them; the files beside the code must be the same. */
import { z } from "zod";
import { measureSchema } from "../../../../readiness/proofs/evidence/measure-schema.ts";
import { predicateType, statementSchema } from "../../../../readiness/proofs/evidence/statement.ts";

const measure = `${predicateType}:measure`;

/** By the name of their file. */
export function jsonSchemas(): Readonly<Record<string, object>> {
  const registry = z.registry<{ id: string; title: string; description: string }>();
  registry.add(statementSchema, {
    id: predicateType,
    title: "Evidence of production readiness",
    description:
      "An in-toto Statement v1 about runs of tools on one commit, as `npm run evidence` writes it.",
  });
  registry.add(measureSchema, {
    id: measure,
    title: "Measure",
    description: "What a run of a tool said, in the checklist's terms.",
  });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => id });
  return {
    "statement.schema.json": schemas[predicateType] ?? {},
    "measure.schema.json": schemas[measure] ?? {},
  };
}
