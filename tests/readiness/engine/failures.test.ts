/** How a program fails under the embedded engine. */
import { expect, test } from "vitest";
import { run } from "./run.ts";

const failure = (stack: string): Promise<unknown> =>
  run("fails", { stack }).then(
    () => undefined,
    (error: unknown) => error,
  );

test.each([
  ["throws", "thrown"],
  ["rejects", "rejected"],
  ["rejects-unawaited", "rejected and not awaited"],
  ["throws-in-apply", "thrown in apply"],
  ["throws-in-input", "thrown in an input"],
  ["throws-in-timer", "thrown in a timer"],
])("a program that %s gives its own error", async (stack, message) => {
  const error = await failure(stack);
  expect(error).toMatchObject({ name: "OwnError", message: expect.stringContaining(message) });
  expect((error as Error).stack).toContain("programs/fails/index.ts");
});

test.each([
  ["logs", /^an error$/],
  [
    "same-name",
    /Duplicate resource URN '.*::twin', declared at index\.ts:\d+ and index\.ts:\d+; give it a unique name/,
  ],
  ["unknown-function", /^nobody has told what aws:index\/getBillingServiceAccount.* answers/],
  ["unknown-vendor", /^nobody has told what pagerduty:index\/getVendor.* call getVendorOutput$/],
  ["remote-component", /the component other:index:Remote needs a provider plugin/],
  ["method", /the method other:index:Remote\/method needs a provider plugin/],
  ["waits-for-promise", /^the program waits for something that never comes$/],
  [
    "waits-for-input",
    /never comes:\n {2}pet \[random:index\/randomPet:RandomPet\] waits for its input prefix$/,
  ],
])("a program that %s is refused", async (stack, message) => {
  expect(await failure(stack)).toMatchObject({ message: expect.stringMatching(message) });
});
