/** What a rule is: a pure function over declared resources, bound to one item of the checklist. */
import type { ItemId } from "../model/checklist/checklist.ts";
import type { Declaration } from "../model/declaration.ts";
import type { PartNeeds, Parts } from "../model/parts.ts";
import type { Tier } from "../model/tier.ts";
import type { Review } from "./closed-world/review.ts";
import type { Resource, ResourceType, Stack } from "./resource.ts";

/** What a rule found wrong: "<subject>: <observed>, must be <wanted>". Never a value that may be secret. */
export interface Violation {
  /** Defaults to the resource that the rule looks at. */
  readonly resource?: Resource;
  /** Such as `backupRetentionPeriod is 1 day`. */
  readonly observed: string;
  /** Such as `≥ 7`. */
  readonly wanted: string;
  /** What to change in a program of anybody's, where that is more than a property (policies/elsewhere.ts). */
  readonly mend?: string;
}

/** What a rule looked at and cannot judge: "<subject>: <doubt>", whose outcome is `unknown`. */
export interface Doubt {
  /** Defaults to the resource that the rule looks at. */
  readonly resource?: Resource;
  /** Such as `vpcSecurityGroupIds.1 is a literal that nothing in this stack explains`. */
  readonly doubt: string;
  /** Nothing says that it is wrong: somebody has to look at it, and in a program that exists nobody is asked to. */
  readonly unlooked?: true;
}

/** Nothing: the rule holds. */
export type Result = Violation | Doubt | readonly (Violation | Doubt)[] | undefined;

type WithoutPages = NonNullable<Declaration["withoutPages"]>;

export interface Context {
  readonly stack: string;
  readonly tier: Tier;
  readonly parts: Parts;
  /** What there is no page for, and why. */
  readonly withoutPages: WithoutPages;
  /** When the evaluation takes place: rules about the months to come have no clock of their own. */
  readonly now: Date;
  /** The least that the rule asks for: its own number, or a stricter one of a team's. */
  readonly floor: (own: number) => number;
  /** The most that it allows, likewise. */
  readonly ceiling: (own: number) => number;
  /** What has been looked at, by the rules and by the team. */
  readonly review: Review;
}

interface RuleBase {
  /** Says what it demands, such as `database-backups-retained`; unique in the pack. */
  readonly id: string;
  readonly item: ItemId;
  /** Tiers that the rule holds for; all where absent. */
  readonly tiers?: readonly Tier[];
  /** Holds with these kinds of parts; with those of its item where absent. */
  readonly needs?: PartNeeds;
  /** Holds unless the stack says that it has no page for this, and why. */
  readonly page?: keyof WithoutPages;
  /** Holds for what is deployed: there is nothing to look at before. */
  readonly deployed?: true;
  /** An update does not mend it: the verdict asks for it, and where Pulumi runs the rules it advises. */
  readonly advisory?: true;
  /** A team may set a stricter number (docs/policy-pack.md); the rule asks its context for it. */
  readonly adjustable?: true;
}

/** Looks at each resource of one type by itself; a stack without any fails it. */
export interface ResourceRule<Props = never> extends RuleBase {
  readonly type: ResourceType<Props>;
  /** Only these resources of the type; a stack in which none is left fails the rule. */
  readonly where?: (resource: Resource<Props>) => boolean;
  readonly check: (resource: Resource<Props>, context: Context) => Result;
  /** What is asked of a program that was made for something else (policies/existing.ts): the same, or this; else nothing. */
  readonly existing?: true | ((resource: Resource<Props>, context: Context) => Result);
}

/** Looks at the stack as a whole: what is there, and what is linked to what. */
export interface StackRule extends RuleBase {
  readonly checkStack: (stack: Stack, context: Context) => Result;
  /** As of a `ResourceRule`. */
  readonly existing?: true | ((stack: Stack, context: Context) => Result);
}

export type Rule = ResourceRule | StackRule;

/** Declares a resource rule with the type of its resource's inputs. */
export function resourceRule<Props>(rule: ResourceRule<Props>): Rule {
  return rule as unknown as Rule;
}

/** Declares a stack rule. */
export function stackRule(rule: StackRule): Rule {
  return rule;
}
