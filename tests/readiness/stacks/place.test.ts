import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { placeOf } from "../../../readiness/stacks/place.ts";

const s3 = { kind: "s3", prefix: "", pathStyle: false };

describe("the address of a backend", () => {
  it.each([
    ["file:///srv/state", "/srv/state"],
    ["file://state?no_tmp_dir=true", join(process.cwd(), "state")],
    ["file://~", homedir()],
    ["file://~/state", join(homedir(), "state")],
    ["file://", process.cwd()],
  ])("%s is a folder", (address, dir) => {
    expect(placeOf(address)).toEqual({ kind: "folder", dir });
  });

  it.each([
    ["s3://acme", { ...s3, bucket: "acme" }],
    ["s3://acme/teams/web/", { ...s3, bucket: "acme", prefix: "teams/web/" }],
    [
      "s3://acme?region=eu-west-1&profile=ops&awssdk=v2",
      { ...s3, bucket: "acme", region: "eu-west-1", profile: "ops" },
    ],
    [
      "s3://acme?endpoint=minio:9000&disableSSL=true&s3ForcePathStyle=true",
      { ...s3, bucket: "acme", endpoint: "http://minio:9000", pathStyle: true },
    ],
    ["s3://acme?endpoint=minio.example", { ...s3, bucket: "acme", endpoint: "https://minio.example" }],
  ])("%s is a bucket", (address, place) => {
    expect(placeOf(address)).toEqual(place);
  });

  it.each([
    ["gs://acme", "begins with gs://, must be s3://<bucket> or file://<folder>"],
    ["https://api.pulumi.com", "export each stack into a folder"],
    ["state", "is no address"],
    ["s3://", "names no bucket"],
    ["s3://acme?role=arn:aws:iam::1:role/x", "role is not known here"],
  ])("%s is refused in a line", (address, message) => {
    expect(() => placeOf(address)).toThrow(message);
  });
});
