import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { neededItems } from "../../../../model/checklist/needs.ts";
import {
  fileName,
  parseFileName,
  readStatement,
  writeStatement,
} from "../../../../readiness/proofs/evidence/statement.ts";
import { project } from "../../project.ts";
import { jsonSchemas } from "./json-schemas.ts";
import { proofs, shape } from "./shelf.ts";

const folder = join(project, "readiness/proofs/evidence");
const statements = neededItems.flatMap((item) => proofs[item].map((made) => shape(item, made).statement));

describe("a statement", () => {
  it("is what was written of it", () => {
    for (const statement of statements) {
      expect(readStatement(Buffer.from(writeStatement(statement)))).toEqual(statement);
    }
  });

  it("has a name that tells its item and when it was written, to the millisecond", () => {
    const [first] = statements;
    const at = new Date("2026-03-02T09:08:07.006Z");
    const name = first && fileName(first.predicate, at);
    expect(name).toBe("PRE-01.unit.20260302T090807006Z.json");
    expect(parseFileName(name ?? "")).toEqual({ item: "PRE-01", written: at.toISOString() });
  });

  it.each(["PRE-01.json", "PRE-01.unit.20260302.json", "PRE-01.unit.20269902T090807006Z.json", "x"])(
    "is not called %s",
    (name) => {
      expect(parseFileName(name)).toBeUndefined();
    },
  );
});

describe("the JSON schemas", () => {
  it.each(Object.entries(jsonSchemas()))("%s is that of the code", (file, schema) => {
    expect(JSON.parse(readFileSync(join(folder, file), "utf8"))).toEqual(schema);
  });

  it("take every statement, and none with a field too many", () => {
    const { "statement.schema.json": schema, "measure.schema.json": measure } = jsonSchemas();
    const validate = new Ajv2020({ schemas: [measure ?? {}], validateFormats: false }).compile(schema ?? {});
    for (const statement of statements) {
      expect(validate(statement), JSON.stringify(validate.errors)).toBe(true);
      expect(validate({ ...statement, gate: "open" })).toBe(false);
    }
  });
});
