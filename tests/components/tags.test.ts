import { expect, it } from "vitest";
import { awsTags, datadogTags } from "../../components/tags.ts";

const spec = { product: "portal", stack: "prod", owner: "web-platform" };

it("tags AWS resources with what cost, backups and alerts select by", () => {
  expect(awsTags(spec)).toEqual({
    product: "portal",
    environment: "prod",
    owner: "web-platform",
    "managed-by": "pulumi",
  });
});

it("writes the same for Datadog, and more", () => {
  expect(datadogTags(spec, { severity: "sev1" })).toEqual([
    "product:portal",
    "environment:prod",
    "owner:web-platform",
    "managed-by:pulumi",
    "severity:sev1",
  ]);
});
