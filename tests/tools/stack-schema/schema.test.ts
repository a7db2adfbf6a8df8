import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { stackFileSchema } from "../../../tools/stack-schema/schema.ts";
import { fixtures, project } from "../../readiness/project.ts";

const validate = new Ajv({ allErrors: true, strictTypes: false }).compile(stackFileSchema());
const stackFile = (name: string) => parse(readFileSync(join(fixtures, `Pulumi.${name}.yaml`), "utf8"));
/** Where a stack file is wrong, by the schema. */
const faultsOf = (file: unknown) => {
  validate(file);
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
};
const withConfig = (change: (config: Record<string, unknown>) => void) => {
  const file = stackFile("prod");
  change(file.config);
  return faultsOf(file);
};

describe("the JSON schema of stack files", () => {
  it("is the one that is committed", () => {
    const committed = readFileSync(join(project, "model/config/stack.schema.json"), "utf8");
    expect(committed).toBe(`${JSON.stringify(stackFileSchema(), null, 2)}\n`);
  });

  it.each(["prod", "staging"])("takes the stack file of %s", (name) => {
    expect(faultsOf(stackFile(name))).toEqual([]);
  });

  it("underlines what the config refuses: keys, values, what is missing", () => {
    expect(withConfig((config) => Object.assign(config, { "readiness:domian": "a.example" }))).toEqual([
      "/config additionalProperties",
    ]);
    expect(withConfig((config) => Object.assign(config, { "readiness:domain": "no domain" }))).toContain(
      "/config/readiness:domain pattern",
    );
    expect(withConfig((config) => delete config["readiness:people"])).toEqual(["/config required"]);
  });

  it("takes what is encrypted, and other namespaces", () => {
    const secret = { secure: "v1:abc" };
    const other = { "secrets:STRIPE_KEY": secret, "readiness:people": secret, "datadog:apiUrl": "https://x" };
    expect(withConfig((config) => Object.assign(config, other))).toEqual([]);
    expect(withConfig((config) => Object.assign(config, { "secrets:STRIPE_KEY": "open" }))).toEqual([
      "/config/secrets:STRIPE_KEY type",
    ]);
    expect(
      faultsOf({ ...stackFile("prod"), secretsprovider: "awskms://alias/x", encryptedkey: "k" }),
    ).toEqual([]);
  });
});
