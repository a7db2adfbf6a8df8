/** A bucket on this machine: lists in pages of two, and wants requests that are signed with the key that it knows. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeS3 {
  readonly url: string;
  /** `GET /bucket/key`, in the order in which they came. */
  readonly asked: readonly string[];
  readonly stop: () => Promise<void>;
}

export const accessKey = "AKIDEXAMPLE";
const page = 2;

/** @param objects by key; null where the bucket lists one that it does not give away */
export async function fakeS3(
  bucket: string,
  objects: Readonly<Record<string, Buffer | string | null>>,
): Promise<FakeS3> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://fake");
    const path = decodeURIComponent(pathname);
    asked.push(`${request.method} ${path}`);
    const refuse = (status: number, code: string) =>
      response.writeHead(status, xml).end(`<Error><Code>${code}</Code><Message>${code}.</Message></Error>`);
    if (!request.headers.authorization?.includes(`Credential=${accessKey}/`)) {
      return refuse(403, "InvalidAccessKeyId");
    }
    const [, inBucket, key = ""] = /^\/([^/]+)\/?(.*)$/s.exec(path) ?? [];
    if (inBucket !== bucket) return refuse(404, "NoSuchBucket");
    if (searchParams.get("list-type") === "2") {
      const prefix = searchParams.get("prefix") ?? "";
      const keys = Object.keys(objects).filter((k) => k.startsWith(prefix));
      return response.writeHead(200, xml).end(listing(keys, Number(searchParams.get("continuation-token"))));
    }
    const object = objects[key];
    if (object === undefined) return refuse(404, "NoSuchKey");
    if (object === null) return refuse(403, "AccessDenied");
    return response.writeHead(200).end(object);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const xml = { "content-type": "application/xml" };

function listing(keys: readonly string[], from: number): string {
  const more = from + page < keys.length;
  const contents = keys
    .slice(from, from + page)
    .map(
      (key) =>
        `<Contents><Key>${key}</Key><LastModified>2026-03-02T09:20:30.000Z</LastModified><Size>1</Size></Contents>`,
    );
  return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${contents.join("")}${more ? `<NextContinuationToken>${from + page}</NextContinuationToken>` : ""}</ListBucketResult>`;
}
