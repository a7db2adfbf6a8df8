/** Comments and issues on GitHub that are updated in place, through GitHub's own command line `gh`. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { z } from "zod";
import { UsageError } from "./errors.ts";

/**
 * Writes the comment on a pull request, in place of an earlier one.
 * @throws UsageError where `gh` is missing or GitHub refuses
 */
export async function putComment(pullRequest: number, body: string): Promise<void> {
  const mark = markOf("pull request");
  const [comment] = await findOwn(commentsOf, ["-F", `pullRequest=${pullRequest}`], mark);
  const content = { body: `${mark}\n${body}` };
  if (comment) await send("PATCH", `issues/comments/${comment.number}`, content);
  else await send("POST", `issues/${pullRequest}/comments`, content);
}

/**
 * Opens an issue on a subject or updates the one that is open; closes it where there is nothing to say any more.
 * @param body nothing where all is well
 * @throws UsageError where `gh` is missing or GitHub refuses
 */
export async function putIssue(subject: string, title: string, body: string | undefined): Promise<void> {
  const mark = markOf(subject);
  const [issue] = await findOwn(openIssues, [], mark);
  if (body === undefined) {
    if (issue) await send("PATCH", `issues/${issue.number}`, { state: "closed" });
    return;
  }
  const content = { title, body: `${mark}\n${body}` };
  if (issue) await send("PATCH", `issues/${issue.number}`, content);
  else await send("POST", "issues", content);
}

/** Hidden at the start of what was written: other workflows comment under the same name. */
function markOf(subject: string): string {
  return `<!-- production-readiness: ${subject} -->`;
}

const page = "nodes { number body viewerDidAuthor } pageInfo { hasNextPage endCursor }";
const variables = "$owner: String!, $name: String!, $endCursor: String";
const openIssues = `query(${variables}) {
  repository(owner: $owner, name: $name) { list: issues(first: 100, after: $endCursor, states: OPEN) { ${page} } }
}`;
// REST calls a comment by its database id.
const commentsOf = `query(${variables}, $pullRequest: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $pullRequest) {
    list: comments(first: 100, after: $endCursor) { ${page.replace("number", "number: databaseId")} }
  } }
}`;

const list = z.object({
  nodes: z.array(z.object({ number: z.number(), body: z.string(), viewerDidAuthor: z.boolean() })),
});
const pages = z.array(
  z.object({
    data: z.object({
      repository: z.union([
        z.object({ list }),
        z.object({ pullRequest: z.object({ list }) }).transform((r) => r.pullRequest),
      ]),
    }),
  }),
);

/** What carries the mark and was written under the name that this runs under: anybody could copy the mark. */
async function findOwn(query: string, more: readonly string[], mark: string) {
  const repository = ["-F", "owner={owner}", "-F", "name={repo}"];
  const output = await gh([
    "graphql",
    "--paginate",
    "--slurp",
    ...repository,
    ...more,
    "-f",
    `query=${query}`,
  ]);
  return pagesOf(output)
    .flatMap(({ data }) => data.repository.list.nodes)
    .filter((node) => node.viewerDidAuthor && node.body.startsWith(mark));
}

function pagesOf(output: string): z.infer<typeof pages> {
  try {
    return pages.parse(JSON.parse(output));
  } catch (error) {
    throw new UsageError("GitHub answered something else than it documents", { cause: error });
  }
}

async function send(method: "POST" | "PATCH", path: string, content: object): Promise<void> {
  await gh(["-X", method, `repos/{owner}/{repo}/${path}`, "--input", "-"], JSON.stringify(content));
}

/** In milliseconds; and what GitHub may answer, in characters: ten thousand comments have less. */
const longestWait = 120_000;
const longestAnswer = 256 * 1024 * 1024;

async function allOf(child: ChildProcessWithoutNullStreams): Promise<string> {
  let output = "";
  for await (const said of child.stdout.setEncoding("utf8")) {
    output += said;
    if (output.length <= longestAnswer) continue;
    child.kill();
    throw new UsageError("GitHub answered more than can be read");
  }
  return output;
}

/** Runs `gh api`, which fills in owner and repository. */
async function gh(args: readonly string[], input = ""): Promise<string> {
  const child = spawn("gh", ["api", ...args], { stdio: "pipe", timeout: longestWait });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", () => reject(new UsageError("gh is not installed: https://cli.github.com")));
    child.once("close", resolve);
  });
  // What a server says comes through here.
  child.stderr.setEncoding("utf8").on("data", (said: string) => process.stderr.write(said));
  // It may end without having read everything; its status says why.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [status, output] = await Promise.all([ended, allOf(child)]);
  if (status !== 0) throw new UsageError("GitHub refused; its answer stands above");
  return output;
}
