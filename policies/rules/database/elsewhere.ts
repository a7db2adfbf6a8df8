/** How services log in to a database that is reached over the internet, whose server has to prove who it is. */
import { type Project, project, variablesOf } from "../../declared/application.ts";
import { eachRule } from "../../each-rule.ts";
import type { Resource, Stack } from "../../resource.ts";
import type { Result, Rule } from "../../rule.ts";
import { unknownSecret, whenReadable } from "../../unknown-value.ts";

/** libpq, "SSL Support": of a name in the address alone this looks whether the certificate is for it. */
const verified = "verify-full";
const ofElsewhere = { item: "DB-12", needs: { database: ["external"] }, each: project } as const;

export const elsewhereRules: readonly Rule[] = [
  eachRule({
    ...ofElsewhere,
    id: "database-login-secret",
    check: (app, stack) => {
      const login = variablesOf(app, stack).get("DATABASE_URL");
      if (!login) return { observed: "DATABASE_URL is not set for production", wanted: "set" };
      return login.props.sensitive === true
        ? undefined
        : {
            resource: login as Resource,
            observed: "DATABASE_URL can be read in Vercel's dashboard",
            wanted: "sensitive",
          };
    },
  }),
  eachRule({ ...ofElsewhere, id: "database-elsewhere-verified", check: verifies }),
  // What the address itself says counts more than the environment.
  eachRule({
    ...ofElsewhere,
    id: "database-address-verified",
    check: (app, stack) => {
      const login = variablesOf(app, stack).get("DATABASE_URL");
      const address = login && whenReadable(() => login.props.value);
      if (!login || address === undefined)
        return { observed: "DATABASE_URL is not set for production", wanted: "set" };
      // Of a secret of the stack file only its name can be seen; the update sees it.
      if (address.includes(unknownSecret)) return undefined;
      const url = URL.parse(address);
      const resource = login as Resource;
      if (!url || !/^postgres(ql)?:$/.test(url.protocol))
        return { resource, observed: "DATABASE_URL is no address of PostgreSQL", wanted: "postgresql://…" };
      const modes = url.searchParams.getAll("sslmode");
      return modes.every((mode) => mode === verified)
        ? undefined
        : { resource, observed: "DATABASE_URL has another sslmode", wanted: `${verified}, or none` };
    },
  }),
  eachRule({
    id: "database-clients-verify",
    item: "DB-04",
    needs: { network: ["static-ips"] },
    each: project,
    check: verifies,
  }),
];

function verifies(app: Project, stack: Stack): Result {
  const mode = variablesOf(app, stack).get("PGSSLMODE");
  return mode?.props.value === verified
    ? undefined
    : { observed: "PGSSLMODE is not set to look at the server's certificate", wanted: verified };
}
