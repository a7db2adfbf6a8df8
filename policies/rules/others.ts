/** Rules on resources that this product declares none of, and other programs do. */
import type { Rule } from "../rule.ts";
import { guardRules } from "./others/guards.ts";
import { messageRules } from "./others/messages.ts";
import { toRule } from "./others/other.ts";
import { storeRules } from "./others/stores.ts";
import { wayInRules } from "./others/ways-in.ts";
import { workloadRules } from "./others/workloads.ts";

const others = [...storeRules, ...wayInRules, ...workloadRules, ...messageRules, ...guardRules];

export const othersRules: readonly Rule[] = others.map(toRule);

/** Types of which one of them asks something. */
export const typesOfOthers: ReadonlySet<string> = new Set(others.flatMap(({ types }) => Object.keys(types)));
