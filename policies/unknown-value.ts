/** Values that are only known during the deployment: reading one throws. */

/** The policy SDK's error for a value that is not known yet; its types do not export the class. */
export interface UnknownValue extends Error {
  readonly props: readonly string[];
  /** Why it is not known, where that is not because the deployment is yet to come. */
  readonly reason?: string;
}

/** Whether an error says that a value is not known. */
export function isUnknownValue(error: unknown): error is UnknownValue {
  return error instanceof Error && "unknownTypeSentinel" in error && "props" in error;
}

/** What is read, or nothing where it is only known during the deployment; what a state keeps closed stays undecided. */
export function whenKnown<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isUnknownValue(error) && error.reason === undefined) return undefined;
    throw error;
  }
}

/** What is read, or nothing where it is not known now, be it to come with the deployment or closed in a state. */
export function whenReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isUnknownValue(error)) return undefined;
    throw error;
  }
}

/** Stands for the value of a secret of a stack file, which has only its ciphertext; that is never shown. */
export const unknownSecret = "[unknown secret]";

/** Of what another program made, and this one reads; with the members of `UnknownValue`. */
export class UnreadError extends Error {
  readonly unknownTypeSentinel = "unread";
  readonly props: readonly string[];
  /** Follows "is". */
  readonly reason = "another program's, and nobody has read it (npm run facts)";

  constructor(property: string) {
    super(`${property} was not read`);
    this.props = [property];
  }
}
