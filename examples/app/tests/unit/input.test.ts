import { describe, expect, it } from "vitest";
import { account, credentials, draft, draftJson, fieldsOf } from "../../server/input.ts";

describe("an amount", () => {
  it.each([
    ["12", 1200],
    ["12.5", 1250],
    [" 12,50 ", 1250],
    ["0.07", 7],
  ])("%s is %d cents", (amount, cents) => {
    expect(draft.parse({ title: "Lamp", amount }).amount).toBe(cents);
  });

  it.each(["", "-1", "1e3", "12.505", "1000000", "12 euros", "NaN"])("is not %j", (amount) => {
    expect(draft.safeParse({ title: "Lamp", amount }).success).toBe(false);
  });
});

it.each([
  { title: "" },
  { title: " " },
  { title: "x".repeat(201) },
  { more: 1 },
  { cents: 0.5 },
  { cents: -1 },
])("no draft has %j", (wrong) => {
  expect(draftJson.safeParse({ title: "Lamp", cents: 100, ...wrong }).success).toBe(false);
});

it("reads addresses without regard to capitals", () => {
  expect(credentials.parse({ email: "Ana@Example.com", password: "x" }).email).toBe("ana@example.com");
});

it("opens no account with a short password", () => {
  expect(account.safeParse({ name: "Ana", email: "ana@example.com", password: "short" }).success).toBe(false);
});

it("leaves out the fields that Next.js adds to a form", () => {
  const form = new FormData();
  form.set("title", "Lamp");
  form.set("$ACTION_REF_1", "");
  expect(fieldsOf(form)).toEqual({ title: "Lamp" });
});
