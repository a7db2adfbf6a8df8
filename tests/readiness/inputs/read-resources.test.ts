/** What a program reads of others is judged in a state as it is by facts; what it does not judge stays a doubt. */
import { expect, it } from "vitest";
import { messageOf } from "../../../model/finding.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import { rules } from "../../../policies/rules.ts";
import { deployed } from "../../../readiness/inputs/deployed-stack.ts";
import { parseState } from "../../../readiness/inputs/state-file.ts";
import { exportOf, type Json } from "../exports.ts";
import type { Changes } from "../parts/existing-database.ts";
import { runsOf, told } from "../parts/existing-stacks.ts";

const network = { kind: "static-ips", addresses: ["198.51.100.7"] };
const [whole] = runsOf([{ stack: "prod", network }]);

/** A state of what is read, and of nothing that the stack declares itself. */
function stateOf(changes: Changes, more: Json = {}) {
  const read = told(whole?.registrations ?? [], changes).filter((r) => r.read);
  const state = exportOf(read.map((r) => ({ ...r, props: {}, external: true, ...more })));
  const declared = whole?.declared;
  return deployed(parseState("state.json", JSON.stringify(state)), "state.json", {
    project: undefined,
    stack: undefined,
    ...(declared && { declared: () => declared }),
  });
}

/** What rules find of it that ask of nothing else. */
function openIn(changes: Changes): readonly string[] {
  const ofRead = /^(network|database)-(?!.*(alerted|clients-verify|snapshot|outlive))/;
  return evaluate(
    rules.filter(({ id }) => ofRead.test(id)),
    stateOf(changes),
  )
    .filter(({ outcome }) => /fail|error|unknown/.test(outcome))
    .map((found) => `${found.by}: ${messageOf(found, "prod")}`);
}

it("is judged as facts are", () => {
  expect(stateOf({}).resources).toEqual([]);
  expect(stateOf({}).flaws).toEqual([]);
  expect(openIn({})).toEqual([]);
  expect(openIn({ instance: { storageEncrypted: false }, vpc: { enableDnsSupport: false } })).toEqual([
    expect.stringContaining("enableDnsSupport is false"),
    expect.stringContaining("storageEncrypted is false"),
  ]);
});

it("is a doubt where no component of this product reads it", () => {
  const elsewhere = stateOf({}, { urn: "urn:pulumi:prod::readiness::aws:rds/instance:Instance::db" });
  expect(elsewhere.read).toEqual([]);
  expect(elsewhere.flaws).toContainEqual({ doubt: expect.stringContaining("is managed elsewhere") });
});
