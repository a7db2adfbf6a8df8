/** Credentials that are not there, and where they may be. */
import { StackError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";

/** Something that a deployment needs and does not have. */
export interface Missing {
  /** Whose it is, such as `Datadog`. */
  readonly vendor: string;
  /** What to set, such as `DD_API_KEY`. */
  readonly setting: string;
  /** Where to get it. */
  readonly source: string;
}

/** Where credentials may be. */
export interface Places {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
  /** Folder of `Pulumi.yaml` and the stack files. */
  readonly projectDir: string;
}

/** Credentials that are not there: the message names them all. */
export class MissingCredentials extends StackError {
  override readonly name = "MissingCredentials";
  readonly exitStatus = exitStatus.unusable;

  constructor(stack: string, missing: readonly Missing[]) {
    const width = Math.max(...missing.map((m) => m.vendor.length));
    const lines = missing.map((m) => `  ${m.vendor.padEnd(width)}  ${m.setting}: ${m.source}`);
    super([`Nothing was started: credentials for ${stack} are missing.`, ...lines].join("\n"));
  }
}
