/** Pulumi's schema of the components for other languages, as Pulumi's own analyser reads it from their sources. */
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer.js";
import { generateSchema } from "@pulumi/pulumi/provider/experimental/schema.js";
import manifest from "../../package.json" with { type: "json" };
import { components } from "../../provider/provider.ts";

const { name, description } = manifest;

export function providerSchema(): object {
  const wanted = new Set(Object.keys(components));
  const analyser = new Analyzer(import.meta.dirname, name, { main: "../../provider/provider.ts" }, wanted);
  // Its TypeScript is older than imports of `.ts`: it looks for the components in every file, not where they lead.
  const { program } = analyser as unknown as { readonly program: { getSourceFiles(): unknown[] } };
  Object.assign(analyser, { collectImportedFiles: () => program.getSourceFiles() });
  const { components: found, typeDefinitions, dependencies } = analyser.analyze();
  // Its version is that of the package which is running.
  const { version: _, ...schema } = generateSchema(
    name,
    "",
    description,
    found,
    typeDefinitions,
    dependencies,
  );
  // Without it Pulumi's generator uses types in Go that it has not made.
  return {
    ...schema,
    language: { ...schema.language, go: { ...schema.language?.["go"], generateExtraInputTypes: true } },
  };
}
