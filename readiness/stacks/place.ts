/** Where the states of many stacks lie: a folder, or a backend by the address that `pulumi login` takes. */
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { UsageError } from "../errors.ts";

export interface FolderPlace {
  readonly kind: "folder";
  readonly dir: string;
}

export interface S3Place {
  readonly kind: "s3";
  readonly bucket: string;
  /** What every key begins with; empty, or with a slash at its end. */
  readonly prefix: string;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly endpoint: string | undefined;
  readonly pathStyle: boolean;
}

export type Place = FolderPlace | S3Place;

/** What an address of Pulumi's may say and makes no difference to reading. */
const ofWriting: readonly string[] = [
  "accelerate",
  "awssdk",
  "dualstack",
  "fips",
  "hostname_immutable",
  "kmskeyid",
  "no_tmp_dir",
  "rate_limiter_capacity",
  "request_checksum_calculation",
  "response_checksum_validation",
  "ssetype",
];
const pathStyle = ["s3ForcePathStyle", "use_path_style"] as const;
const withoutTls = ["disableSSL", "disable_https"] as const;
const ofReading: readonly string[] = ["region", "profile", "endpoint", ...pathStyle, ...withoutTls];

/**
 * Reads `file://…` and `s3://…`, as massageBlobPath in pulumi/pulumi, pkg/backend/diy/backend.go, and gocloud.dev's
 * s3blob do.
 * @throws UsageError
 */
export function placeOf(address: string): Place {
  const [, scheme, rest = ""] = /^([a-z0-9+.-]+):\/\/(.*)$/is.exec(address) ?? [];
  const [path = "", query = ""] = rest.split("?", 2);
  if (scheme === "file") return { kind: "folder", dir: folderOf(path) };
  if (scheme === "s3") return s3Of(path, new URLSearchParams(query));
  const found = scheme === undefined ? "no address" : `an address that begins with ${scheme}://`;
  const advice = /^https?$/.test(scheme ?? "") ? "; of Pulumi Cloud, export each stack into a folder" : "";
  throw new UsageError(`--backend is ${found}, must be s3://<bucket> or file://<folder>${advice}`);
}

function folderOf(path: string): string {
  const home = /^~(?:[/\\]|$)(.*)$/s.exec(path);
  return home ? join(homedir(), home[1] ?? "") : resolve(path || ".");
}

function s3Of(path: string, query: URLSearchParams): S3Place {
  const [bucket = "", ...folders] = path.split("/");
  if (bucket === "") throw new UsageError("--backend names no bucket, must be s3://<bucket>");
  for (const name of query.keys()) {
    if (ofReading.includes(name) || ofWriting.includes(name)) continue;
    throw new UsageError(`--backend: ${name} is not known here; what is read is ${ofReading.join(", ")}`);
  }
  const is = (names: readonly string[]) => names.some((name) => query.get(name) === "true");
  const endpoint = query.get("endpoint") || undefined;
  const scheme = is(withoutTls) ? "http" : "https";
  const folder = folders.filter(Boolean).join("/");
  return {
    kind: "s3",
    bucket,
    prefix: folder && `${folder}/`,
    region: query.get("region") || undefined,
    profile: query.get("profile") || undefined,
    endpoint: endpoint?.includes("://") === false ? `${scheme}://${endpoint}` : endpoint,
    pathStyle: is(pathStyle),
  };
}
