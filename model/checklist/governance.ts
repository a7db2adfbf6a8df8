import type { ChecklistRows } from "./row.ts";

export const governanceItems = {
  "GOV-01": {
    section: "Governance",
    statement: "Every resource that takes tags says which product, environment and owner it belongs to",
    proof: "policy",
    why: "Cost, alerts, backup selections and clean-up all find resources by tag; an untagged one is found by none.",
    remedy: "Pass the component's tags to it, in components/.",
  },
  "GOV-02": {
    section: "Governance",
    statement:
      "Tags on AWS and names in accounts that stacks share tell the stack that a resource belongs to",
    proof: "policy",
    why: "A production database tagged as staging is deleted with staging.",
    remedy:
      "Take the tags from components/tags.ts instead of writing them out; begin names with product and stack.",
  },
  "GOV-03": {
    section: "Governance",
    statement: "Nothing that holds state can be deleted by a deployment",
    proof: "policy",
    why: "Renaming a resource deletes the old one, and its data with it.",
    remedy: "Set protect and retainOnDelete on it in production, in its component, and no deletedWith.",
  },
  "GOV-04": {
    section: "Governance",
    statement: "Every resource belongs to a component",
    proof: "policy",
    why: "What stands loose gets none of the component's tags, protection and defaults.",
    remedy: "Declare it inside a component, with { parent: this }.",
  },
  "GOV-05": {
    section: "Governance",
    statement: "No resource is of a kind that its vendor has retired",
    proof: "policy",
    why: "A retired kind stops being mended, then stops working, on the vendor's date.",
    remedy: "Declare the successor that the message names, in its component.",
  },
  "GOV-06": {
    section: "Governance",
    statement: "Everything that holds customer data stays in one jurisdiction",
    proof: "policy",
    why: "Data that is copied to another continent falls under other laws, often in breach of a contract.",
    remedy: "Choose backups.copyRegion on the continent of aws:region in {stackFile}.",
  },
  "GOV-07": {
    section: "Governance",
    statement: "Every AWS resource is deployed through a provider of the stack's own, with its region",
    proof: "policy",
    why: "The default provider takes region and account from whoever's shell runs the deployment.",
    remedy: "Pass the component a provider from components/providers.ts.",
  },
  "GOV-08": {
    section: "Governance",
    statement: "Every waiver is approved by somebody else, ends within 90 days, and covers something",
    proof: "sign-off",
    why: "An exception that nobody has to renew becomes the rule, and then hides the next fault.",
    remedy:
      "Mend the fault or the entry in waivers.yaml, or remove it, then npm run waiver -- --stack {stack}.",
  },
  "GOV-09": {
    section: "Governance",
    statement: "Every resource is of a type that somebody has reviewed",
    proof: "policy",
    why: "What no rule knows passes every rule: an open database of another kind stands beside the guarded one.",
    remedy:
      "Declare it as one of the components does, or answer for the type with a row in reviewed.yaml (docs/policy-pack.md).",
  },
  "GOV-10": {
    section: "Governance",
    statement: "Every property that a resource declares is one that somebody has reviewed",
    proof: "policy",
    why: "One more property undoes what the others promise, such as a policy that is attached to a role in passing.",
    remedy: "Leave the property out, or answer for it with a row in reviewed.yaml (docs/policy-pack.md).",
  },
  "GOV-11": {
    section: "Governance",
    statement: "What a resource is connected to belongs to the stack",
    proof: "policy",
    why: "A literal id may be anybody's: of a group that lets the internet in, of a policy that pages nobody.",
    remedy: "Take the output of the stack's own resource in the place of the literal.",
  },
  "GOV-12": {
    section: "Governance",
    statement: "Every declared value is the deployed one",
    proof: "policy",
    why: "What the engine passes over stays as somebody left it in a console, whatever the rules said of the declared value.",
    remedy: "Remove ignoreChanges from the resource, in its component.",
  },
  "GOV-13": {
    section: "Governance",
    statement:
      "What is deployed is what its state says: nothing half made, left over, or otherwise at its vendor",
    proof: "policy",
    why: "Everything else that is judged of a deployment is judged by its state.",
    remedy:
      "Finish the update with npm run up -- --stack {stack}; after one that was cut off, npm run recover first.",
  },
  "GOV-14": {
    section: "Governance",
    statement: "A vendor's provider has the credentials that it is given",
    proof: "policy",
    why: "An empty credential takes precedence over the one of the environment, and the deployment ends half way.",
    remedy: "Set it in the environment or with pulumi config set --secret; README.md says which.",
  },
  "GOV-15": {
    section: "Governance",
    statement: "Providers ask their vendors themselves, in one account and one team, and try again",
    proof: "policy",
    why: "One that asks another host hands it the team's token; with a wrong profile, staging's update lands in production.",
    remedy: "Restore the providers in components/providers.ts.",
  },
  "GOV-16": {
    section: "Governance",
    statement: "Every setting is within what its vendor and this checklist hold to be sound",
    proof: "policy",
    why: "One setting out of its bounds turns off what the others promise: a log that nobody can read, a test of nothing.",
    remedy: "Set what the message names, in its component; the bounds stand in policies/sound/.",
  },
  "GOV-17": {
    section: "Governance",
    statement: "Nothing is declared of a part that the stack does without",
    proof: "policy",
    why: "What a part asks is not asked where it is said to be absent; if it is there all the same, nobody guards it.",
    remedy: "Remove the resource, or choose its part by `kind` in {stackFile}.",
  },
} as const satisfies ChecklistRows;
