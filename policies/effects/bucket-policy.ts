/**
 * A bucket's policy, its resources as places in the bucket: the empty text is the bucket itself, `/*` all of its
 * objects, `*` both. S3 refuses a policy that names another bucket (S3 User Guide, "Bucket policies").
 */
import { later, readDocument, type Statement, type Text } from "./iam-statement.ts";

export function readBucketPolicy(document: unknown): readonly Statement[] {
  return readDocument(document).map((statement) => ({
    ...statement,
    resources: { ...statement.resources, of: statement.resources.of.map(placeOf) },
  }));
}

function placeOf(arn: Text): Text {
  if (arn === later || arn === "*") return arn;
  const [name = "", ...path] = arn.split(":").slice(5).join(":").split("/");
  if (path.length > 0) return `/${path.join("/")}`;
  return name.endsWith("*") ? "*" : "";
}
