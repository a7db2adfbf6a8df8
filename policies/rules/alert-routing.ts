/** Whatever fires reaches the right people, tells them what to do, and tells them when it is over. */
import type { Rule } from "../rule.ts";
import { messageRules } from "./alert-routing/message-rules.ts";
import { optionRules } from "./alert-routing/option-rules.ts";
import { urgencyRules } from "./alert-routing/urgency-rules.ts";
import { valueRules } from "./alert-routing/value-rules.ts";

export const alertRoutingRules: readonly Rule[] = [
  ...messageRules,
  ...urgencyRules,
  ...optionRules,
  ...valueRules,
];
