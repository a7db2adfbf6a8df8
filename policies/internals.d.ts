/** What the published types of Pulumi's policy SDK leave out; package.json pins its version. */
declare module "@pulumi/policy/proxy.js" {
  export { UnknownValueError } from "@pulumi/policy";

  /** Reading this of a proxy gives what it wraps. */
  export const getSpecialProxyTarget: string;
  /** Each stands for a value that is not known yet. */
  export const unknownArchiveValue: string;
  export const unknownArrayValue: string;
  export const unknownAssetValue: string;
  export const unknownBooleanValue: string;
  export const unknownNumberValue: string;
  export const unknownObjectValue: string;
  export const unknownStringValue: string;
}
