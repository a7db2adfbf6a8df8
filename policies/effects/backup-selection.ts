/** Which resources a backup selection takes: AWS Backup API Reference, "BackupSelection". */
import { compareArns } from "./arn.ts";
import { covers } from "./wildcard.ts";

interface Tag {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}
type Tags = Readonly<Record<string, string | undefined>>;

export interface BackupSelection {
  readonly resources?: readonly string[] | undefined;
  readonly notResources?: readonly string[] | undefined;
  /** All of them have to hold. */
  readonly conditions?:
    | readonly {
        readonly stringEquals?: readonly Tag[] | undefined;
        readonly stringLikes?: readonly Tag[] | undefined;
        readonly stringNotEquals?: readonly Tag[] | undefined;
        readonly stringNotLikes?: readonly Tag[] | undefined;
      }[]
    | undefined;
  /** Any of them takes a resource. */
  readonly selectionTags?: readonly Tag[] | undefined;
}

/** Whether a selection takes a resource of this ARN, or pattern of ARNs, with these tags. */
export function selectsForBackup(selection: BackupSelection, arn: string, tags: Tags): boolean {
  const { resources = [], notResources = [], conditions = [], selectionTags = [] } = selection;
  const named = (patterns: readonly string[]) =>
    patterns.some((pattern) => compareArns(pattern, arn) !== false);
  if (named(notResources)) return false;
  const tagged = selectionTags.some((tag) => is(tag, tags));
  const included =
    resources.length > 0 ? resources.some((pattern) => compareArns(pattern, arn) === true) : tagged;
  return (
    included &&
    // Tags narrow what is named, where there are both.
    (selectionTags.length === 0 || tagged) &&
    conditions.every(
      (c) =>
        (c.stringEquals ?? []).every((tag) => is(tag, tags)) &&
        (c.stringLikes ?? []).every((tag) => isLike(tag, tags)) &&
        !(c.stringNotEquals ?? []).some((tag) => is(tag, tags)) &&
        !(c.stringNotLikes ?? []).some((tag) => isLike(tag, tags)),
    )
  );
}

function is({ key, value }: Tag, tags: Tags): boolean {
  return value !== undefined && valueOfTag(key, tags) === value;
}

function isLike({ key, value }: Tag, tags: Tags): boolean {
  const found = valueOfTag(key, tags);
  return value !== undefined && found !== undefined && covers(value, found);
}

function valueOfTag(key = "", tags: Tags): string | undefined {
  return tags[key.replace("aws:ResourceTag/", "")];
}
