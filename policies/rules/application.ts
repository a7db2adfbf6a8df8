import type { Rule } from "../rule.ts";
import { accessRules } from "./application/access.ts";
import { applicationFirewallRules } from "./application/firewall.ts";
import { knownVariableRules } from "./application/known-variables.ts";
import { lockRules } from "./application/lock.ts";
import { projectRules } from "./application/project.ts";
import { secretRules } from "./application/secrets.ts";
import { variableRules } from "./application/variables.ts";

export const applicationRules: readonly Rule[] = [
  ...projectRules,
  ...variableRules,
  ...knownVariableRules,
  ...secretRules,
  ...applicationFirewallRules,
  ...lockRules,
  ...accessRules,
];
