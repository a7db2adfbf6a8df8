import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signOffItems, signOffs } from "../../../../model/checklist/sign-offs.ts";
import type { SignOff } from "../../../../readiness/proofs/sign-offs/payload.ts";
import { judge, keys, signed, signOffOf, spec } from "../house.ts";

describe("whatever is altered", () => {
  const original = signed(signOffOf());

  it("in a file, it is refused or has the same content, and nothing crashes", () => {
    const content = JSON.stringify(JSON.parse(original.text));
    fc.assert(
      fc.property(
        fc.nat(original.text.length - 1),
        fc.constantFrom(..."aZ09+/={}[],:\"'\\ \n-"),
        fc.integer({ min: 0, max: 3 }),
        (at, character, dropped) => {
          const text = original.text.slice(0, at) + character + original.text.slice(at + dropped);
          const passes = judge([{ ...original, text }]).some((f) => f.outcome === "pass");
          if (passes)
            expect(JSON.stringify(JSON.parse(text)).replaceAll("\\n", "")).toBe(
              content.replaceAll("\\n", ""),
            );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("in the payload, under the same signature, it is refused", () => {
    const { payload, signature } = JSON.parse(original.text);
    const field = fc.constantFrom(...Object.keys(payload));
    const value = fc.oneof(
      fc.constantFrom<unknown>(
        ...signOffItems,
        ...Object.keys(keys),
        "no-go",
        "staging",
        "cto",
        null,
        1,
        true,
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(field, value, (name, changed) => {
        fc.pre(payload[name] !== changed);
        const text = JSON.stringify({ payload: { ...payload, [name]: changed }, signature });
        expect(judge([{ ...original, text }])).toMatchObject([{ outcome: "fail" }]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("signed by any other key, in any name, it is refused", () => {
    const people = ["amara", "lucia", "tomas", "helen", "ci"] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...people),
        fc.constantFrom(...signOffItems),
        fc.constantFrom("priya", "helen", "lucia", "tomas", "amara"),
        fc.constantFrom("tech-lead", "product-lead", "devops-lead", "cto", "on-call-engineer" as const),
        (key, item, person, role) => {
          const wanted = signOffs[item].role;
          const rightful =
            key === person &&
            role === wanted &&
            spec.people.some((p) => p.id === key && p.roles.includes(role));
          const file = signed(signOffOf({ item, person, role: role as SignOff["role"] }), keys[key]);
          const [found] = judge([file]);
          expect(found?.outcome).toBe(rightful ? "pass" : "fail");
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
