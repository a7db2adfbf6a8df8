/**
 * Misspelled keys. Each is reported with the name that it probably stands for, and put right in a copy, so
 * that what stands under it is checked in the same run and the right key does not count as missing.
 */
import { z } from "zod";
import { closest } from "../suggest.ts";
import type { Keys, Problem } from "./error.ts";
import { chosen, isMap, written } from "./schema-walk.ts";

type Data = Readonly<Record<string, unknown>>;

/** Where settings stand now that once stood elsewhere. */
const movedKeys: Readonly<Record<string, string>> = {
  "vercel.privateNetworkCidr": "found a key that has moved, must be readiness:network.privateNetworkCidr",
  "vercel.peeringConnectionId": "found a key that has moved, must be readiness:network.peeringConnectionId",
  "onCall.slack": "found a key that has moved, must be readiness:chat with kind: slack and the same settings",
};

export class KeyCorrector {
  readonly problems: Problem[] = [];
  /** From the right keys, as JSON, to the last of them as the user wrote it. */
  readonly #misspelled = new Map<string, string>();

  /** The keys that the user wrote, for the right ones. */
  asWritten(keys: Keys): Keys {
    return keys.map((key, i) => this.#misspelled.get(JSON.stringify(keys.slice(0, i + 1))) ?? key);
  }

  /** A copy of the config that has only keys that the schema knows. */
  correct(schema: z.ZodObject, config: Data): Data {
    return this.#correctMap(schema, config, []);
  }

  #correctAny(schema: z.core.$ZodType | undefined, value: unknown, at: Keys): unknown {
    const outer = schema && written(schema);
    if (outer instanceof z.ZodDiscriminatedUnion && isMap(value) && !Object.hasOwn(value, "kind")) {
      return this.#withoutKind(outer, value, at);
    }
    const expected = outer && chosen(outer, value);
    if (expected instanceof z.ZodArray && Array.isArray(value)) {
      return value.map((element, i) => this.#correctAny(expected.element, element, [...at, i]));
    }
    return expected instanceof z.ZodObject && isMap(value) ? this.#correctMap(expected, value, at) : value;
  }

  /** Without its kind nobody knows which keys a part has: the first that may stand for it is corrected before the rest. */
  #withoutKind(part: z.ZodDiscriminatedUnion, value: Data, at: Keys): unknown {
    const known = new Set(
      part.options.flatMap((o) => (o instanceof z.ZodObject ? Object.keys(o.shape) : [])),
    );
    const wrong = Object.keys(value).find((key) => !known.has(key) && closest(key, ["kind"]));
    if (wrong === undefined) return value;
    const { [wrong]: kind, ...others } = value;
    this.#misspelling(wrong, at, ["kind"], new Set(["kind"]));
    return this.#correctAny(part, { kind, ...others }, at);
  }

  #correctMap(expected: z.ZodObject, value: Data, at: Keys): Data {
    const known = Object.keys(expected.shape);
    const absent = new Set(known.filter((key) => !Object.hasOwn(value, key)));
    const entries = Object.entries(value).flatMap(([key, content]) => {
      const name = known.includes(key) ? key : this.#misspelling(key, at, known, absent);
      if (name === undefined) return [];
      return [[name, this.#correctAny(expected.shape[name], content, [...at, name])] as const];
    });
    return Object.fromEntries(entries);
  }

  /** Reports an unknown key; gives the absent key that it stands for, if there is one. */
  #misspelling(key: string, at: Keys, known: readonly string[], absent: Set<string>): string | undefined {
    const moved = movedKeys[[...at, key].join(".")];
    if (moved !== undefined) {
      this.problems.push([[...this.asWritten(at), key], moved]);
      return undefined;
    }
    const meant = closest(key, known);
    const question = meant === undefined ? "" : `; did you mean "${meant}"?`;
    const message = `unknown key, must be one of ${known.join(", ")}${question}`;
    this.problems.push([[...this.asWritten(at), key], message]);
    if (meant === undefined || !absent.delete(meant)) return undefined;
    this.#misspelled.set(JSON.stringify([...at, meant]), key);
    return meant;
  }
}
