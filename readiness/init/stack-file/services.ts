/** The app: where it lives, which pages and routes of it must answer. */
import { pageRoles } from "../../../model/pages.ts";
import { lines, text } from "../question.ts";
import { type Piece, pairOf, pairs, scalar } from "./piece.ts";

/** Behind a login: a stranger is sent there. */
const closed: readonly string[] = ["portal", "admin"];

export function services(crons: readonly string[]): Piece {
  return ({ answers, production }) => {
    const root = text(answers, "rootDirectory");
    const pages = lines(answers, "pages");
    const named = new Map(pages.map(pairOf));
    const missing = pageRoles.filter((role) => role !== "homepage" && !named.has(role));
    const login = named.get("login");
    const behind = [...named].filter(([name]) => closed.includes(name));
    const checks =
      login === undefined || behind.length === 0
        ? ""
        : `    # A stranger is sent to the login; a check that logs in has \`authentication: NAME\` here, of a secret config
    # \`secrets:NAME\`, and no status.
    checks:
${behind.map(([name]) => `      ${scalar(name)}: { status: 307, location: ${scalar(login)} }`).join("\n")}
`;
    return `# One entry for each app on the domain; monitors, objectives and paging follow from it.
readiness:services:
  - name: ${scalar(text(answers, "product"))}
    repository: ${scalar(text(answers, "appRepository"))}
${production ? "" : "    # Merged to main when it has proved itself here.\n    branch: staging\n"}${root === "" || root === "." ? "" : `    rootDirectory: ${scalar(root)}\n`}    framework: ${text(answers, "framework")}
    path: /
    pages:
${pairs(pages, "      ")}
${missing.length === 0 ? "" : otherNames(missing)}${checks}    # One route stands for its class: the classes have different latency targets. Checks never call \`write\`.
    routes:
${pairs(lines(answers, "routes"), "      ")}${
  crons.length === 0
    ? ""
    : `
    # What Vercel calls by the app's vercel.json: without these lines its firewall would refuse it.
    crons: [${crons.map(scalar).join(", ")}]`
}`;
  };
}

function otherNames(roles: readonly string[]): string {
  return `    # Asked after, too: ${roles.join(", ")}. Under another name, or none at all?
    # pageRoles: { ${roles[0]}: NAME }
    # pageRoles: { ${roles[0]}: { kind: none, because: WHY } }
`;
}
