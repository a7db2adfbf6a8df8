/** Who has access to what in AWS: trust of roles, their rights, and what resources themselves allow. */
import type { Rule } from "../rule.ts";
import { admissionRules } from "./access/admission.ts";
import { keyUseRules } from "./access/key-uses.ts";
import { keyRules } from "./access/keys.ts";
import { opennessRules } from "./access/openness.ts";
import { rightsRules } from "./access/rights.ts";
import { trustRules } from "./access/trust.ts";
import { vacuousRules } from "./access/vacuous.ts";

export const accessRules: readonly Rule[] = [
  ...trustRules,
  ...rightsRules,
  ...vacuousRules,
  ...admissionRules,
  ...opennessRules,
  ...keyRules,
  ...keyUseRules,
];
