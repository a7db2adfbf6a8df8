/** States in a bucket of S3, or of what answers like it; credentials are those that AWS's own tools would find. */
import { GetObjectCommand, NoSuchKey, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import { clean } from "../terminal/layout.ts";
import type { S3Place } from "./place.ts";
import { assertLength, type Store, type StoredFile, StoreError } from "./store.ts";

/** Milliseconds until a connection stands, and until an answer begins. */
const patience = { connectionTimeout: 10_000, requestTimeout: 60_000 };

export function s3Store({ bucket, prefix, region, profile, endpoint, pathStyle }: S3Place): Store {
  const client = new S3Client({
    ...(region && { region }),
    ...(profile && { profile }),
    ...(endpoint && { endpoint }),
    forcePathStyle: pathStyle,
    followRegionRedirects: true,
    maxAttempts: 4,
    requestHandler: patience,
  });
  const name = `s3://${bucket}${prefix && `/${prefix.slice(0, -1)}`}`;
  return {
    name,
    list: async (under) => {
      const files: StoredFile[] = [];
      try {
        const asked = { Bucket: bucket, Prefix: `${prefix}${under}` };
        for await (const { Contents = [] } of paginateListObjectsV2({ client }, asked)) {
          for (const { Key = "", Size = 0, LastModified } of Contents) {
            const key = Key.slice(prefix.length);
            if (!key.endsWith("/")) files.push({ key, size: Size, modified: LastModified?.getTime() ?? 0 });
          }
        }
      } catch (error) {
        throw new StoreError(`${name} cannot be listed: ${told(error, "s3:ListBucket")}`);
      }
      return files;
    },
    read: async (key) => {
      try {
        const { Body, ContentLength = 0 } = await client.send(
          new GetObjectCommand({ Bucket: bucket, Key: `${prefix}${key}` }),
        );
        assertLength(ContentLength);
        return await bytesOf(Body as AsyncIterable<Uint8Array>);
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        if (error instanceof StoreError) throw error;
        throw new StoreError(`it cannot be read: ${told(error, "s3:GetObject")}`);
      }
    },
  };
}

/** However long the answer said that it is. */
async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    assertLength(length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** In one line, with what mends it. */
function told(error: unknown, right: string): string {
  const { name, message, $metadata } = Object(error);
  const said = clean(`${name}: ${message}`).slice(0, 300);
  if (name === "CredentialsProviderError")
    return `${said} (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE)`;
  if (message === "Region is missing") return `${said} (AWS_REGION, or ?region= in the address)`;
  return $metadata?.httpStatusCode === 403 ? `${said} (it takes ${right})` : said;
}
