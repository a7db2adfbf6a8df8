import { expect, it } from "vitest";
import { readBucketPolicy } from "../../../policies/effects/bucket-policy.ts";
import { isDenied } from "../../../policies/effects/iam-decision.ts";

const places = ["", "/*", "/evidence/*"];

it.each<[string | string[], string[]]>([
  ["arn:aws:s3:::files", [""]],
  ["arn:aws:s3:::files/*", ["/*", "/evidence/*"]],
  ["arn:aws:s3:::files/evidence/*", ["/evidence/*"]],
  ["arn:aws:s3:::files/evidence/portal/*", []],
  ["arn:aws:s3:::*", places],
  [["arn:aws:s3:::files", "arn:aws:s3:::files/*"], places],
  ["*", places],
])("a denial of %s holds in %j", (Resource, expected) => {
  const statements = readBucketPolicy({
    Statement: { Effect: "Deny", Principal: "*", Action: "s3:*", Resource },
  });
  const denied = places.filter((resource) => isDenied(statements, { action: "s3:PutObject", resource }));
  expect(denied).toEqual(expected);
});
