/** What a stack's config says of it that rules go by: how much it has to prove, and which parts it has. */
import { type WithoutPages, withoutPages } from "./pages.ts";
import { chosenParts, type Parts, usualParts } from "./parts.ts";

export interface Declaration {
  /** The config `readiness:tier`, which counts where the stack's name says nothing. */
  readonly tier?: string | undefined;
  readonly parts: Parts;
  /** What it says it has no page for; nothing where it says nothing. */
  readonly withoutPages?: WithoutPages | undefined;
}

/** Of a stack whose config nobody knows. */
export const undeclared: Declaration = { parts: usualParts };

/**
 * @param setting the text of the config `readiness:<name>`, maps as JSON, as Pulumi hands it over
 */
export function declarationOf(setting: (name: string) => string | undefined): Declaration {
  return {
    tier: setting("tier"),
    parts: chosenParts((part) => parsed(setting(part))),
    withoutPages: withoutPages(parsed(setting("services"))),
  };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}
