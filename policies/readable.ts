/**
 * A resource's inputs as rules read them: reading one that is not known throws. The policy SDK's `unknownCheckingProxy`
 * does the same, and wraps whatever it gives anew, methods of lists included: rules then take twice the time.
 */
import * as sdk from "@pulumi/policy/proxy.js";

const unknown: ReadonlySet<unknown> = new Set([
  sdk.unknownArchiveValue,
  sdk.unknownArrayValue,
  sdk.unknownAssetValue,
  sdk.unknownBooleanValue,
  sdk.unknownNumberValue,
  sdk.unknownObjectValue,
  sdk.unknownStringValue,
]);

/** The values themselves where all of them are known, a copy where they are not; what is closed stays so. */
export function readable<T extends object>(values: T, path: readonly string[] = []): T {
  let copy: T | undefined;
  const change = (key: string, property: PropertyDescriptor) => {
    copy ??= copied(values);
    Object.defineProperty(copy, key, { ...property, enumerable: true });
  };
  for (const key of Object.keys(values)) {
    const value = openValue(values, key);
    if (typeof value === "object" && value !== null) {
      const below = readable(value, [...path, key]);
      if (below !== value) change(key, { value: below });
    } else if (isUnknown(value)) {
      change(key, { get: thrower(value, [...path, key]) });
    }
  }
  return copy ?? values;
}

/** Nothing where reading it throws: such a value stays as it is, and throws for the rule that reads it. */
function openValue(values: object, key: string): unknown {
  try {
    return Reflect.get(values, key);
  } catch {
    return undefined;
  }
}

/** Whether a value stands for one that is not known yet. */
export function isUnknown(value: unknown): boolean {
  return typeof value === "string" && unknown.has(value);
}

function copied<T extends object>(values: T): T {
  return Object.defineProperties(
    (Array.isArray(values) ? [] : {}) as T,
    Object.getOwnPropertyDescriptors(values),
  );
}

/** Rules read some values again and again. */
function thrower(value: unknown, path: readonly string[]): () => never {
  let error: Error | undefined;
  return () => {
    error ??= withoutTrace(() => new sdk.UnknownValueError(value, path));
    throw error;
  };
}

/** For errors that come by the thousand. */
export function withoutTrace<T>(make: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** What the policy SDK has wrapped, or the values themselves where it has not. */
export function unwrapped<T extends object>(values: T): T {
  return (Reflect.get(values, sdk.getSpecialProxyTarget) as T | undefined) ?? values;
}
