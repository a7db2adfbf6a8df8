import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { components } from "../../../provider/provider.ts";
import { providerSchema } from "../../../tools/provider-schema/schema.ts";
import { projectDir } from "../../support/project-files.ts";

const committed = readFileSync(join(projectDir, "provider/schema.json"), "utf8");

it("the schema that is committed is what Pulumi's analyser reads from the sources", () => {
  expect(committed).toBe(`${JSON.stringify(providerSchema(), null, 2)}\n`);
});

it("every component is in it, with args that are no outputs where its own checks read them", () => {
  const { resources } = JSON.parse(committed);
  expect(Object.keys(resources).toSorted()).toEqual(
    Object.keys(components)
      .map((name) => `production-readiness:index:${name}`)
      .toSorted(),
  );
  const { inputProperties } = resources["production-readiness:index:OutsideWatch"];
  expect(inputProperties.domain.plain).toBe(true);
  expect(inputProperties.pagingServiceId.plain).toBeUndefined();
});
