/**
 * Runbooks from their texts, in which names of the stack stand open: `{{product}}`. What only some kinds of parts have
 * stands between lines `{{if cache=valkey}}` and `{{end}}`; of an alert that no stack declares nothing is said.
 */
import { platformAlerts, serviceAlerts } from "../../model/alerts/catalogue.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import {
  type PartNeeds,
  type Parts,
  partKinds,
  parts as partNames,
  withoutObject,
} from "../../model/parts.ts";
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
      instance:
        spec.database.kind === "existing-rds" ? spec.database.identifier : `${spec.product}-db-${spec.stack}`,
      cacheGroup:
        spec.cache.kind === "existing"
          ? spec.cache.replicationGroupId
          : `${spec.product}-cache-${spec.stack}`,
      provider: providers[spec.database.kind === "external" ? spec.database.provider : ""] ?? "the provider",
      database:
        spec.database.kind === "existing-rds"
          ? spec.database.databaseName
          : spec.product.replaceAll("-", "_"),
      service: root?.name ?? spec.product,
      user: (root?.name ?? spec.product).replaceAll("-", "_"),
      repository: root?.repository ?? spec.repository,
      healthPath: root?.healthPath ?? "",
      cron: root?.crons[0] ?? "/api/cron/…",
    }),
  );
}

const providers: Readonly<Record<string, string>> = { neon: "Neon", supabase: "Supabase" };

export interface Rendered {
  /** Nothing of a page whose alerts no stack declares. */
  readonly text: string | undefined;
  /** Names that no stack has, and conditions that make no sense, each with its line. */
  readonly problems: readonly string[];
}

export interface Subject {
  readonly names: ReadonlyMap<string, string>;
  /** Of the stack that is spoken of. */
  readonly parts: Parts;
  /** Of all stacks: their alerts lead to the same pages. */
  readonly all: readonly Parts[];
}

/** @param page its path, for messages */
export function render(page: string, text: string, { names, parts, all }: Subject): Rendered {
  const problems: string[] = [];
  const open: boolean[] = [];
  let told = true;
  let [symptoms, kept] = [0, 0];
  const lines = text.split("\n").flatMap((line, i) => {
    const at = `${page}:${i + 1}`;
    const condition = /^\s*\{\{if (.*)\}\}$/.exec(line)?.[1];
    if (condition !== undefined) {
      const needs = needsOf(condition);
      if (typeof needs === "string") problems.push(`${at}: ${needs}`);
      open.push(typeof needs !== "string" && withoutObject(needs, parts) === undefined);
      return [];
    }
    if (/^\s*\{\{end\}\}$/.test(line)) {
      if (open.pop() === undefined) problems.push(`${at}: {{end}} of no {{if …}}`);
      return [];
    }
    const needs = alerts[/^### (.+)$/.exec(line)?.[1] ?? ""];
    if (needs) {
      told = all.some((one) => withoutObject(needs.needs, one) === undefined);
      symptoms += 1;
      kept += told ? 1 : 0;
    } else if (/^#{1,3} /.test(line)) told = true;
    if (!told || open.includes(false)) return [];
    return line.replaceAll(/\{\{(\w+)\}\}/g, (written, name: string) => {
      const value = names.get(name);
      if (value === undefined) {
        const known = [...names.keys()];
        problems.push(`${at}: ${written} is no name of a stack's${didYouMean(name, known) || "."}`);
      }
      return value ?? written;
    });
  });
  if (open.length > 0) problems.push(`${page}: {{if …}} is not closed, must be by {{end}}`);
  const isOfNothing = symptoms > 0 && kept === 0;
  return { text: isOfNothing ? undefined : lines.join("\n").replaceAll(/\n{3,}/g, "\n\n"), problems };
}

const alerts: Readonly<Record<string, { readonly title: string; readonly needs?: PartNeeds }>> = {
  ...serviceAlerts,
  ...platformAlerts,
};

/** Such as `database=rds|existing-rds cache=valkey`; a text says what is wrong with it. */
function needsOf(condition: string): PartNeeds | string {
  const needs: Record<string, readonly string[]> = {};
  for (const word of condition.split(" ")) {
    const [name = "", kinds = ""] = word.split("=");
    const part = partNames.find((known) => known === name);
    if (part === undefined)
      return `{{if ${condition}}}: there is no part "${name}"${didYouMean(name, partNames)}`;
    const known: readonly string[] = partKinds[part];
    const wrong = kinds.split("|").find((kind) => !known.includes(kind));
    if (wrong !== undefined)
      return `{{if ${condition}}}: "${wrong}" is no kind of ${part}${didYouMean(wrong, known)}`;
    needs[part] = kinds.split("|");
  }
  return needs as PartNeeds;
}

/** The first line in which a page is another than it should be, for messages. */
export function firstDifference(page: string, found: string | undefined, wanted: string): string | undefined {
  if (found === wanted) return undefined;
  if (found === undefined) return `${page} is not there`;
  const lines = found.split("\n");
  const at = wanted.split("\n").findIndex((line, i) => line !== lines[i]);
  return `${page}:${Math.max(at, 0) + 1} is not what ${runbookTexts} and the stack say`;
}
