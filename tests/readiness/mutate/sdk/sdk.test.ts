import { describe, expect, it } from "vitest";
import { Sdk } from "../../../../readiness/mutate/sdk/sdk.ts";

const sdk = new Sdk();

describe("the installed SDKs", () => {
  it.each([
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:lambda/functionUrl:FunctionUrl",
    "datadog:index/monitor:Monitor",
    "datadog:slack/channel:Channel",
    "pagerduty:index/service:Service",
    "vercel:index/project:Project",
    "random:index/randomPassword:RandomPassword",
  ])("have %s, and say what it takes", (type) => {
    expect(sdk.types).toContain(type);
    expect(sdk.fieldsOf(type)?.top.length).toBeGreaterThan(0);
  });

  it("say which inputs a program cannot do without, also of what they nest", () => {
    const attachment = sdk.fieldsOf("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    expect(attachment?.top.map(({ name, required }) => [name, required])).toEqual([
      ["policyArn", true],
      ["role", true],
    ]);
    const acl = sdk.fieldsOf("aws:wafv2/webAcl:WebAcl");
    expect(acl?.at(["rules", 0, "visibilityConfig", "metricName"])?.required).toBe(true);
  });

  it("say nothing of a type that none of them has", () => {
    expect(sdk.fieldsOf("readiness:index:Database")).toBeUndefined();
    expect(sdk.fieldsOf("aws:iam/nothing:Nothing")).toBeUndefined();
  });

  it("have no provider among their types, and each type once", () => {
    expect(sdk.types.filter((type) => type.startsWith("pulumi:"))).toEqual([]);
    expect(new Set(sdk.types).size).toBe(sdk.types.length);
  });
});
