/** Changes of policy documents. */
import { type Change, set } from "./mutation.ts";

/** Changes the conditions of a role's trust: their keys have dots, which `set` takes for steps. */
export function trust(claim: "aud" | "ref" | "sub", value: string | undefined): Change {
  return (r) => {
    const path = "assumeRolePolicy.Statement.0.Condition.StringEquals";
    const { assumeRolePolicy } = r.props as {
      assumeRolePolicy: { Statement: readonly { Condition: { StringEquals: Record<string, string> } }[] };
    };
    const conditions = assumeRolePolicy.Statement[0]?.Condition.StringEquals ?? {};
    const others = Object.entries(conditions).filter(([key]) => !key.endsWith(`:${claim}`));
    const issuer = "token.actions.githubusercontent.com";
    return set(path, Object.fromEntries([...others, ...(value ? [[`${issuer}:${claim}`, value]] : [])]))(r);
  };
}

/** Changes the statements of a policy. */
export function statements(
  change: (statements: readonly Record<string, unknown>[]) => readonly object[],
): Change {
  return (r) => {
    const { policy } = r.props as { policy: { Statement: readonly Record<string, unknown>[] } };
    return set("policy.Statement", change(policy.Statement))(r);
  };
}

/** Changes the statement of this Sid. */
export function statement(sid: string, change: object): Change {
  return statements((all) => all.map((s) => (s["Sid"] === sid ? { ...s, ...change } : s)));
}
