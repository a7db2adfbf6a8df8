/** The app: where it lives, which pages and routes of it must answer. */
import { lines, text } from "../questions.ts";
import { type Piece, pairOf, pairs, scalar } from "./piece.ts";

/** Behind a login: a stranger is sent there. */
const closed: readonly string[] = ["portal", "admin"];

export function services(crons: readonly string[]): Piece {
  return ({ answers, production }) => {
    const root = text(answers, "rootDirectory");
    const pages = lines(answers, "pages");
    const login = pages.map(pairOf).find(([name]) => name === "login")?.[1];
    const behind = pages.map(pairOf).filter(([name]) => closed.includes(name));
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
${checks}    # One route stands for its class: the classes have different latency targets. Checks never call \`write\`.
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
