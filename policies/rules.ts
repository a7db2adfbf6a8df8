/** Every rule of the pack, by area. */
import type { Rule } from "./rule.ts";
import { databaseRules } from "./rules/database.ts";

export const rules: readonly Rule[] = [...databaseRules];
