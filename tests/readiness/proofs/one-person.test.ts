/** Somebody who holds every role, and is refused to say GO alone. */
import { expect, it } from "vitest";
import { writeChanged } from "../changed-stack.ts";
import { makeProject } from "../project.ts";
import { makeReady } from "./ready-project.ts";

interface Member {
  readonly id: string;
  readonly roles: readonly string[];
}

const all = ["tech-lead", "product-lead", "cto"];

it("cannot sign the last of the three decisions, and reads why", async () => {
  const folder = makeProject();
  writeChanged(folder, "prod", (config) => ({
    "readiness:people": (config["readiness:people"] as readonly Member[]).map((person) => ({
      ...person,
      roles:
        person.id === "priya" ? all : person.roles.map((role) => (all.includes(role) ? "devops-lead" : role)),
    })),
  }));
  await expect(makeReady(folder, new Date())).rejects.toThrow(
    "not written: priya alone has signed GO-01, GO-02 and GO-03, must be at least 2 people among the three",
  );
}, 300_000);
