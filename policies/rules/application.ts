import type { Rule } from "../rule.ts";
import { accessRules } from "./application/access.ts";
import { applicationFirewallRules } from "./application/firewall.ts";
import { projectRules } from "./application/project.ts";
import { variableRules } from "./application/variables.ts";

export const applicationRules: readonly Rule[] = [
  ...projectRules,
  ...variableRules,
  ...applicationFirewallRules,
  ...accessRules,
];
