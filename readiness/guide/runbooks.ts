/** Runbooks from their texts, in which names of the stack stand open: `{{product}}`. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { didYouMean } from "../../model/suggest.ts";
import { channelOf } from "./facts/people.ts";

export const runbookTexts = "docs/runbooks";

/** What a text may leave open, by its name. The service is the one that has the domain's root. */
export function namesOf(spec: StackSpec): ReadonlyMap<string, string> {
  const root = spec.services.find(({ path }) => path === "/") ?? spec.services[0];
  const [, ...parent] = spec.domain.split(".");
  return new Map(
    Object.entries({
      product: spec.product,
      stack: spec.stack,
      domain: spec.domain,
      /** Who owns the names above the domain's. */
      parent: parent.length > 1 ? parent.join(".") : spec.domain,
      region: spec.region,
      copyRegion: spec.backups.copyRegion,
      team: spec.vercel.teamSlug,
      datadogSite: spec.monitoring.site,
      channel: channelOf(spec.chat),
      database: spec.product.replaceAll("-", "_"),
      service: root?.name ?? spec.product,
      user: (root?.name ?? spec.product).replaceAll("-", "_"),
      repository: root?.repository ?? spec.repository,
      healthPath: root?.healthPath ?? "",
      cron: root?.crons[0] ?? "/api/cron/…",
    }),
  );
}

export interface Rendered {
  readonly text: string;
  /** Names that no stack has, each with its line. */
  readonly problems: readonly string[];
}

/** @param page its path, for messages */
export function render(page: string, text: string, names: ReadonlyMap<string, string>): Rendered {
  const problems: string[] = [];
  const lines = text.split("\n").map((line, i) =>
    line.replaceAll(/\{\{(\w+)\}\}/g, (open, name: string) => {
      const value = names.get(name);
      if (value === undefined) {
        const known = [...names.keys()];
        problems.push(`${page}:${i + 1}: ${open} is no name of a stack's${didYouMean(name, known) || "."}`);
      }
      return value ?? open;
    }),
  );
  return { text: lines.join("\n"), problems };
}

/** The first line in which a page is another than it should be, for messages. */
export function firstDifference(page: string, found: string | undefined, wanted: string): string | undefined {
  if (found === wanted) return undefined;
  if (found === undefined) return `${page} is not there`;
  const lines = found.split("\n");
  const at = wanted.split("\n").findIndex((line, i) => line !== lines[i]);
  return `${page}:${Math.max(at, 0) + 1} is not what ${runbookTexts} and the stack say`;
}
