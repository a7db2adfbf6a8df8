import { describe, expect, it } from "vitest";
import { secretRules } from "../../../../policies/rules/application/secrets.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { declared, unknown } from "../../support/stack.ts";

const password = declared(
  "random:index/randomPassword:RandomPassword",
  { length: 48 },
  { name: "secret", additionalSecretOutputs: ["result"] },
);
const key = declared("datadog:index/apiKey:ApiKey", {}, { name: "key", additionalSecretOutputs: ["key"] });
const taker = (source: typeof password, ...additionalSecretOutputs: string[]) => ({
  ...resource("aws:ssm/parameter:Parameter", "taker", { value: unknown }, { value: [source] }),
  additionalSecretOutputs,
});

describe("secrets-encrypted-in-state", () => {
  const outcome = (...resources: (typeof password)[]) =>
    judge(secretRules, "secrets-encrypted-in-state", resources);

  it.each([password, key])("holds where what takes a secret says so", (source) => {
    expect(outcome(source, taker(source, "value")).outcome).toBe("pass");
  });

  it.each([password, key])("fails where it does not", (source) => {
    expect(outcome(source, taker(source, "arn"))).toEqual({
      outcome: "fail",
      messages: [
        expect.stringContaining("taker: value is plain in state, must be an additional secret output"),
      ],
    });
  });

  it.each([password, key])("fails where it is plain where it is made", (source) => {
    expect(outcome({ ...source, additionalSecretOutputs: [] }).outcome).toBe("fail");
  });

  it("says nothing of what no secret flows into", () => {
    const other = declared("aws:s3/bucket:Bucket", {}, { name: "other" });
    expect(outcome(other, taker(other)).outcome).toBe("pass");
  });
});

describe("generated-secrets-strong", () => {
  it.each([
    [{ length: 32 }, "pass"],
    [{ length: 17 }, "fail"],
    [{ length: 64, overrideSpecial: "!", lower: false, upper: false, numeric: false }, "fail"],
    [{ length: unknown }, "unknown"],
  ])("%j", (props, expected) => {
    const made = declared("random:index/randomPassword:RandomPassword", props);
    expect(judge(secretRules, "generated-secrets-strong", [made]).outcome).toBe(expected);
  });
});
