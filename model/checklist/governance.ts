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
    statement: "The environment tag names the stack that the resource belongs to",
    proof: "policy",
    why: "A production database tagged as staging is deleted with staging.",
    remedy: "Take the tags from components/tags.ts instead of writing them out.",
  },
  "GOV-03": {
    section: "Governance",
    statement: "Nothing that holds state can be deleted by a deployment",
    proof: "policy",
    why: "Renaming a resource deletes the old one, and its data with it.",
    remedy: "Set protect on it in production, in its component.",
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
} as const satisfies ChecklistRows;
