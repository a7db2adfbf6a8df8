/** The pack over a stack with a database that is there already: the engine shows it what is read at the end alone. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Registration } from "../../readiness/engine/registration.ts";
import { existingConfig } from "../readiness/parts/existing-database.ts";
import { type Run, runsOf, told } from "../readiness/parts/existing-stacks.ts";
import { Analyzer } from "./support/analyzer.ts";

const network = { kind: "static-ips", addresses: ["198.51.100.7"] };
const [whole] = runsOf([{ stack: "prod", network }]) as readonly [Run];
const config = Object.entries(existingConfig(network)).map(([key, value]) => [key, JSON.stringify(value)]);

let pack: Analyzer;
beforeAll(async () => {
  const folder = join(import.meta.dirname, "../../policies");
  pack = await Analyzer.start(folder, { stack: "prod", preview: true }, Object.fromEntries(config));
});
afterAll(() => pack.stop());

/** What is said of a stack, in the engine's order. */
async function said(stack: readonly Registration[]): Promise<readonly string[]> {
  for (const r of stack.filter(({ read }) => !read)) await pack.analyze(r, stack);
  return (await pack.analyzeStack(stack)).map(({ level, message }) => `${level}: ${message}`);
}

it("finds nothing wrong where all of it is sound", async () => {
  expect(await said(whole.registrations)).toEqual([]);
});

it("advises alone where the engine leaves out what is read", async () => {
  const found = await said(whole.registrations.filter(({ read }) => !read));
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((one) => one.startsWith("mandatory"))).toEqual([]);
});

it("finds what is weak of it, also by rules that have looked at the stack's own before", async () => {
  const found = await said(
    told(whole.registrations, {
      instance: { storageEncrypted: false },
      key: { enableKeyRotation: false },
      vpc: { enableDnsSupport: false },
    }),
  );
  for (const rule of ["database-storage-encrypted", "encryption-keys-rotate", "network-names-resolve"])
    expect(found.filter((one) => one.includes(`[${rule}]`))).toEqual([
      expect.stringMatching(/^mandatory: [\s\S]*Its owner does/),
    ]);
  expect(found.length).toBe(3);
});
