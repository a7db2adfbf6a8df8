import type { ChecklistRows } from "./row.ts";

const section = "Governance";
const proof = "policy";

export const accessItems = {
  "ACC-01": {
    section,
    statement: "A role in AWS is taken on by what it was made for, and by nobody else",
    proof,
    why: "Whoever a role's trust lets in has its rights, from whatever account or company they come.",
    remedy:
      "Restore the trust in components/service-role.ts, components/deploy-access/trust.ts or app-access.ts.",
  },
  "ACC-02": {
    section,
    statement: "A role's rights are known, and no wider than its work",
    proof,
    why: "A policy that is attached in passing gives a small service the keys to the whole account.",
    remedy: "Give the role statements of its own, on named resources, in its component.",
  },
  "ACC-03": {
    section,
    statement: "Keys, buckets, topics and vaults let in nobody from outside the account",
    proof,
    why: "A resource's own policy needs no consent of anybody's rights: who stands in it is in.",
    remedy:
      "Name the service with aws:SourceAccount, or roles of this stack, in the policy of its component.",
  },
  "ACC-04": {
    section,
    statement: "Roles, keys, buckets, topics and vaults refuse nobody who needs them",
    proof,
    why: "A denial reaches AWS's own services too: backups, logs and notices end without a word.",
    remedy: "Take the denial out of the policy in its component, or narrow it to whom it is meant for.",
  },
  "KEY-01": {
    section,
    statement: "Encryption keys change every year by themselves",
    proof,
    why: "The longer one key encrypts everything, the more a single leak of it opens.",
    remedy: "Make keys with components/encryption-key.ts.",
  },
  "KEY-02": {
    section,
    statement: "No encryption key is lost by one mistake, or closed to what needs it",
    proof,
    why: "With a key goes everything that it encrypts, backups included.",
    remedy: "Make keys with components/encryption-key.ts.",
  },
  "KEY-03": {
    section,
    statement: "An encryption key is for one kind of data, in its region and under its own name",
    proof,
    why: "Whoever may use a key reads all that it encrypts, and a key of another region encrypts nothing.",
    remedy: "Give each store the key of its own component (components/encryption-key.ts).",
  },
} as const satisfies ChecklistRows;
