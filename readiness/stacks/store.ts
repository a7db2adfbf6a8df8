/** What the states of many stacks are read from. */
import { StackError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";

export interface StoredFile {
  /** Its path, with slashes. */
  readonly key: string;
  readonly size: number;
  /** In milliseconds since 1970. */
  readonly modified: number;
}

export interface Store {
  /** As messages show it; no credentials stand in it. */
  readonly name: string;
  /**
   * All files whose keys begin so; none where there is no such folder.
   * @throws StoreError
   */
  readonly list: (prefix: string) => Promise<readonly StoredFile[]>;
  /**
   * Nothing where there is no such file.
   * @throws StoreError where it cannot be read, or is longer than any state
   */
  readonly read: (key: string) => Promise<Buffer | undefined>;
}

/** What a folder or a backend refuses. */
export class StoreError extends StackError {
  override readonly name = "StoreError";
  readonly exitStatus = exitStatus.unusable;
}

/** Bytes of a state, as it lies there and unpacked: some 30,000 resources. */
export const longestState = 128 * 1024 * 1024;

/** One that is longer tells so in a row of its own. */
export function assertLength(size: number): void {
  if (size > longestState) {
    throw new StoreError(`it has ${size} bytes, at most ${longestState} are read of a state`);
  }
}
