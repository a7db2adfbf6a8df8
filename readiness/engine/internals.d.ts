/** What the published types of Pulumi's policy SDK leave out; package.json pins its version. */
declare module "@pulumi/policy/proxy.js" {
  /** Wraps a resource's inputs; reading an unknown one throws `UnknownValueError`. */
  export function unknownCheckingProxy<T extends object>(props: T): T;
}
