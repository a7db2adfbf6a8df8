/** What sign-offs are judged by: all of it is handed in. */
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import type { Release } from "../release.ts";
import type { Signers } from "../signers.ts";

/** A file of `releases/<stack>/sign-offs`, with its path relative to the project. */
export interface SignOffFile {
  readonly file: string;
  readonly text: string;
}

export interface SignOffInput {
  readonly stack: string;
  /** Of the stack's config. */
  readonly people: StackSpec["people"];
  /** Nothing where there is none, or none that can be used. */
  readonly release: Release | undefined;
  /** As they are at the commit that is deployed. */
  readonly signers: Signers;
  readonly signOffs: readonly SignOffFile[];
  /** Of what the other proofs say now. */
  readonly reportDigest: string;
  /** E-mail addresses of who wrote the infrastructure's commits since the last release; the services' stand in it. */
  readonly authors: readonly string[];
  readonly now: Date;
  /** Whether it is deployed now, so that the window must be open, not only ahead. */
  readonly deploying: boolean;
}
