/** The text of a release that people complete: what is left to them stands in brackets. */
import { Document, parseDocument } from "yaml";
import { UsageError } from "../errors.ts";

export interface Draft {
  readonly stack: string;
  readonly commit: string;
  /** Those that were named on the command line. */
  readonly services: ReadonlyMap<string, DraftService>;
}

export interface DraftService {
  readonly commit: string;
  readonly deployment: string | undefined;
  readonly authors: readonly string[] | undefined;
}

const person = "[id of a person of the stack's config]";
const announcement = (says: string) => ({ by: person, to: "[who is told, such as #releases]", says });
const blank = {
  window: {
    opens: "[time with its offset, such as 2026-03-02T09:00:00+01:00]",
    closes: "[at most 24 hours later]",
    present: [person],
  },
  rollback: {
    trigger: "[what sets it off, such as error rate above 1 % for 5 minutes]",
    decides: person,
    does: person,
  },
  communication: {
    before: announcement("[what is said before]"),
    during: announcement("[what is said meanwhile]"),
    after: announcement("[what is said afterwards]"),
  },
};
const unknownService = {
  commit: "[full commit id]",
  deployment: null,
  authors: ["[e-mail of who wrote it]"],
};

/**
 * An earlier release, to be updated in place with its comments.
 * @throws UsageError where it is no YAML
 */
export function readDraft(text: string | undefined): Document | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const document = parseDocument(text, { schema: "core" });
  const [error] = document.errors;
  if (!error) return document;
  throw new UsageError(`release.yaml is not valid YAML: ${error.message.split("\n")[0]} Mend or delete it.`);
}

/**
 * What people wrote stays; of a service with another commit, who wrote it is asked anew.
 * @param names every service of the stack
 */
export function draftText(draft: Draft, names: readonly string[], before: Document | undefined): string {
  const document = before ?? new Document({ ...head(draft), services: {}, ...blank });
  for (const [key, value] of Object.entries(head(draft))) document.set(key, value);
  for (const [key, value] of Object.entries(blank)) if (!document.has(key)) document.set(key, value);
  for (const name of names) {
    const at = ["services", name];
    const given = draft.services.get(name);
    if (!document.hasIn(at)) document.setIn(at, document.createNode(unknownService));
    if (!given) continue;
    const same = document.getIn([...at, "commit"]) === given.commit;
    document.setIn([...at, "commit"], given.commit);
    if (given.deployment !== undefined || !same) {
      document.setIn([...at, "deployment"], given.deployment ?? null);
    }
    if (given.authors || !same) {
      document.setIn([...at, "authors"], document.createNode(given.authors ?? unknownService.authors));
    }
  }
  return document.toString({ lineWidth: 110 });
}

function head({ stack, commit }: Draft) {
  return { stack, commit };
}
