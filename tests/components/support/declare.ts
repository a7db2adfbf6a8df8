import * as pulumi from "@pulumi/pulumi";

/** What a component declares: a resource with its inputs, secrets opened. */
export interface Declared {
  /** Without package and module, such as `Instance`. */
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The provider's URN and id; empty for a default one. */
  readonly provider: string;
}

/**
 * Runs a program on mocks and gives what it declares. Outputs are what the inputs say, with ids and ARNs that
 * name the resource; in a preview nothing of a resource is known.
 */
export async function declare(program: () => unknown, preview = false): Promise<readonly Declared[]> {
  const declared: Declared[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type: token, name, inputs, provider = "" }) => {
        const type = token.split(":").at(-1) ?? token;
        declared.push({ type, name, inputs, provider });
        const arn = `arn:${type}:${name}`;
        return preview
          ? { id: undefined, state: {} }
          : { id: `${type} ${name}`, state: { name, arn, keyId: arn, result: "generated", ...inputs } };
      },
      call: () => ({ accountId: "123456789012" }),
    },
    "readiness",
    "prod",
    preview,
  );
  // The SDK's mocks say that they know hooks, and do not.
  Object.assign(pulumi.runtime.getMonitor() ?? {}, {
    registerResourceHook: (_: unknown, done: (error: null, answer: object) => void) => done(null, {}),
  });
  try {
    await program();
  } finally {
    await pulumi.runtime.disconnect();
  }
  return declared;
}

/** The inputs of every declared resource of a type. */
export function inputsOf(declared: readonly Declared[], type: string) {
  return declared.filter((d) => d.type === type).map(({ inputs }) => inputs);
}

/** The inputs of the one declared resource of a type. */
export function only(declared: readonly Declared[], type: string): Declared["inputs"] {
  const [inputs, ...others] = inputsOf(declared, type);
  if (!inputs || others.length > 0) throw new Error(`${others.length + (inputs ? 1 : 0)} of type ${type}`);
  return inputs;
}

/** The statements of a policy document that is an input. */
export function statementsOf(document: unknown): readonly Readonly<Record<string, unknown>>[] {
  const { Statement } = (typeof document === "string" ? JSON.parse(document) : document) as {
    Statement: Record<string, unknown>[];
  };
  return Statement;
}

export const tags = {
  product: "portal",
  environment: "prod",
  owner: "web-platform",
  "managed-by": "pulumi",
} as const;
