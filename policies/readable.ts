/**
 * A resource's inputs as rules read them: reading one that is not known throws. The policy SDK's `unknownCheckingProxy`
 * does the same, and wraps whatever it gives anew, methods of lists included: rules then take twice the time.
 */
import * as sdk from "@pulumi/policy/proxy.js";

const unknown: readonly unknown[] = [
  sdk.unknownArchiveValue,
  sdk.unknownArrayValue,
  sdk.unknownAssetValue,
  sdk.unknownBooleanValue,
  sdk.unknownNumberValue,
  sdk.unknownObjectValue,
  sdk.unknownStringValue,
];

/** The values themselves where all of them are known, a copy where they are not; what is closed stays so. */
export function readable<T extends object>(values: T, path: readonly string[] = []): T {
  const changed: Record<string, PropertyDescriptor> = {};
  for (const key of Object.keys(values)) {
    const property = Object.getOwnPropertyDescriptor(values, key);
    const { value } = property ?? {};
    const at = [...path, key];
    if (typeof value === "object" && value !== null) {
      const below = readable(value, at);
      if (below !== value) changed[key] = { ...property, value: below };
    } else if (unknown.includes(value)) {
      changed[key] = {
        enumerable: true,
        get() {
          throw new sdk.UnknownValueError(value, at);
        },
      };
    }
  }
  if (Object.keys(changed).length === 0) return values;
  const copy = (Array.isArray(values) ? [] : {}) as T;
  return Object.defineProperties(copy, { ...Object.getOwnPropertyDescriptors(values), ...changed });
}

/** What the policy SDK has wrapped, or the values themselves where it has not. */
export function unwrapped<T extends object>(values: T): T {
  return (Reflect.get(values, sdk.getSpecialProxyTarget) as T | undefined) ?? values;
}
