/** What the fixtures' production declares of its edge and of its service, with ids, ARNs and secrets as if deployed. */
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { loadStack } from "../../readiness/inputs/stack-file.ts";

export interface Declared {
  /** Without package and module, such as `Distribution`. */
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export const idOf = ({ type, name }: Pick<Declared, "type" | "name">) => `${type} ${name}`;
export const arnOf = ({ type, name }: Pick<Declared, "type" | "name">) =>
  `arn:aws:${type}:eu-central-1:111122223333:${name}`;

/** @param edit changes what a team writes, by key of the stack file */
export async function declaredEdge(
  edit: (config: Readonly<Record<string, string>>) => Record<string, string> = (config) => ({ ...config }),
): Promise<readonly Declared[]> {
  const declared: Declared[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type: token, name, inputs }) => {
        const resource = {
          type: token.split(":").at(-1) ?? token,
          name,
          inputs: opened(inputs) as Declared["inputs"],
        };
        // Components have the short names of what they are made of.
        if (!token.startsWith("readiness:")) declared.push(resource);
        const state = { ...outputs(resource), ...inputs };
        return { id: idOf(resource), state };
      },
      call: () => ({ accountId: "111122223333" }),
    },
    "readiness",
    "prod",
    false,
  );
  // The SDK's mocks say that they know hooks, and do not.
  Object.assign(pulumi.runtime.getMonitor() ?? {}, {
    registerResourceHook: (_: unknown, done: (error: null, answer: object) => void) => done(null, {}),
  });
  pulumi.runtime.setAllConfig(edit(loadStack(join(import.meta.dirname, "../fixtures"), "prod").config));
  // Anew for each config: what Node.js has loaded it does not run again.
  await import(`../../index.ts?${Math.random()}`);
  await pulumi.runtime.disconnect();
  pulumi.runtime.setAllConfig({});
  return declared;
}

function outputs(resource: Declared): Record<string, unknown> {
  const { name } = resource;
  const option = { resourceRecordName: `_a.${name}`, resourceRecordType: "CNAME", resourceRecordValue: "_b" };
  const arn = arnOf(resource);
  return {
    name,
    arn,
    keyId: arn,
    result: `secret-of-${name}`,
    domainValidationOptions: [option],
    certificateArn: arn,
  };
}

/** Secrets of the protocol, as providers get them. */
function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== "object" || value === null) return value;
  if ("4dabf18193072939515e22adb298388d" in value && "value" in value) return opened(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, opened(part)]));
}

/** The inputs of the declared resources of a type. */
export function inputsOf<Props>(declared: readonly Declared[], type: string): readonly Props[] {
  return declared.filter((d) => d.type === type).map(({ inputs }) => inputs as Props);
}

/** What a resource means by an id or an ARN. */
export function meant<Props>(declared: readonly Declared[], reference: unknown): Props | undefined {
  return declared.find((d) => [idOf(d), arnOf(d)].includes(String(reference)))?.inputs as Props | undefined;
}

/** A copy with the inputs of the resources of a type changed; nothing in the place of one leaves it out. */
export function changed(
  declared: readonly Declared[],
  type: string,
  // biome-ignore lint/suspicious/noExplicitAny: the tests write into copies of inputs of every type
  change: (inputs: any, name: string) => unknown,
): readonly Declared[] {
  return declared.flatMap((resource) => {
    if (resource.type !== type) return [resource];
    const inputs = structuredClone(resource.inputs);
    return change(inputs, resource.name) === null ? [] : [{ ...resource, inputs }];
  });
}
