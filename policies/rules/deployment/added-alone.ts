/** What stores have in common to which a job of CI adds, and from which it neither reads nor removes. */
import { kmsKey, ownKey } from "../../aws.ts";
import { bucket, encryption, objectLock } from "../../declared/buckets.ts";
import { type Role, rightsOf, rolePolicy } from "../../declared/roles.ts";
import { later, type Statement } from "../../effects/iam-statement.ts";
import { all, atLeast, oneOf } from "../../expect.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import type { Result, Violation } from "../../rule.ts";

/** What it takes to add an encrypted object, of whatever size. */
export const adds = ["s3:PutObject", "kms:GenerateDataKey", "kms:Decrypt"];

/** Security Hub, S3.15: what is added is locked in one of these modes, for so many days. */
export function locked(
  store: Resource<unknown>,
  stack: Stack,
  modes: readonly string[],
  days: number,
): Result {
  const [lock] = stack.attached(objectLock, "bucket", store);
  if (!lock) return { observed: "it has no lock", wanted: "locked" };
  // "Object Lock": a bucket that is made without cannot be given one by its configuration alone.
  const { objectLockEnabled } = store.props as { readonly objectLockEnabled?: boolean };
  if (objectLockEnabled === false) return { observed: "it is made without a lock", wanted: "with one" };
  const retention = "rule.defaultRetention";
  return all(
    oneOf(lock.props, `${retention}.mode`, modes),
    atLeast(lock.props, `${retention}.days`, days, "days"),
  );
}

/** Security Hub, S3.17. */
export function ofOwnKey(store: Resource<unknown>, stack: Stack): Violation | undefined {
  const [declared] = stack.attached(encryption, "bucket", store);
  return declared
    ? ownKey(declared as Resource, "rules")
    : { observed: "no encryption is declared", wanted: "a key of this stack" };
}

/** What a job's role may do but adding, and what it lacks for that. */
export function moreThanAdding(job: Role, stack: Stack): readonly string[] {
  const { statements, foreign } = rightsOf(job, stack);
  const may = statements.filter(({ effect }) => effect === "Allow").flatMap(allowed);
  return [
    ...foreign.map((arn) => `${arn} gives it more`),
    ...may.filter((action) => !adds.includes(action)).map((action) => `it allows ${action}`),
    ...adds
      .filter((action) => !may.includes(action))
      .map((action) => `it may not ${action}, and adds nothing`),
  ];
}

/**
 * Where a job's role may write but to its own place. The bucket's ARN is not known before the bucket is; what it is made
 * of is.
 * @param narrow the ARNs of its own place, and of one key
 * @param isStore whether a bucket is the one for such jobs
 */
export function writesElsewhere(
  job: Role,
  stack: Stack,
  narrow: RegExp,
  isStore: (bucket: Resource<unknown>) => boolean,
): readonly string[] {
  const policies = stack.attached(rolePolicy, "role", job) as readonly Resource[];
  const stores = policies.flatMap((policy) => linked(policy, "policy", bucket));
  const keys = stores
    .flatMap((store) => stack.attached(encryption, "bucket", store))
    .flatMap((config) => linked(config as Resource, "rules", kmsKey));
  return [
    ...(stores.length === 1 && stores.every(isStore) ? [] : ["its bucket is another"]),
    ...policies
      .flatMap((policy) => linked(policy, "policy", kmsKey))
      .filter((key) => keys.length > 0 && !keys.includes(key))
      .map(({ name }) => `it uses the key ${name}`),
    ...rightsOf(job, stack)
      .statements.flatMap(reached)
      .filter((resource) => resource !== later && !narrow.test(resource))
      .map((resource) => `it may write to ${String(resource)}`),
  ];
}

function allowed({ actions: { not, of } }: Statement): readonly string[] {
  return not ? ["anything but its exceptions"] : of;
}

function reached({ resources: { not, of } }: Statement): Statement["resources"]["of"] {
  return not || of.length === 0 ? ["everything but its exceptions"] : of;
}
