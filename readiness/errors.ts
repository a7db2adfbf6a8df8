/** What goes wrong through no fault of the tool, and how errors are told. */
import { inspect } from "node:util";
import { harmless } from "../model/harmless.ts";
import { exitStatus } from "./exit-status.ts";

/** A command that cannot be carried out as it was given; the message is one line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What keeps a stack from being worked on; its message is for the user, and may have several lines. */
export abstract class StackError extends Error {
  /** Of the command that it ends. */
  abstract readonly exitStatus: number;
}

/** A Pulumi program that failed before its resources were known. */
export class ProgramError extends StackError {
  override readonly name = "ProgramError";
  readonly exitStatus = exitStatus.undetermined;

  /**
   * @param stack the stack that it ran for
   * @param cause what the program threw or logged as an error
   */
  constructor(stack: string, cause: unknown) {
    super(`index.ts failed for stack ${stack}: ${located(cause)}`, { cause });
  }
}

/** What a machine refuses: files, folders, room, other machines. */
const refusals =
  /^E(ACCES|PERM|ROFS|NOSPC|DQUOT|MFILE|NFILE|NOTDIR|ISDIR|CONN\w+|TIMEDOUT|AI_AGAIN|NOTFOUND|HOSTUNREACH|NETUNREACH)$/;

/** What the machine has refused, in one line; nothing of any other error. */
export function refusal(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, message, syscall } = Object(error.cause ?? error);
  const noPlace = code === "ENOENT" && syscall === "mkdtemp";
  if (!noPlace && !refusals.test(String(code))) return undefined;
  return error.cause ? `${error.message}: ${message}` : String(message);
}

/** An error as its user sees it: the message, and with DEBUG set everything else; none of it has a style. */
export function describe(error: Error): string {
  return harmless(process.env["DEBUG"] ? inspect(error) : error.message);
}

/** A message with the innermost place in the project's own code, such as `no such zone [components/edge.ts:12]`. */
export function located(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const message = messageOf(cause);
  const home = `${process.cwd()}/`;
  const frame = cause.stack?.split("\n").find((f) => f.includes(home) && !f.includes("/node_modules/"));
  const place = frame?.split(home)[1]?.match(/^[^:?]+|:\d+/g);
  return place ? `${message} [${place.slice(0, 2).join("")}]` : message;
}

/** Without what `JSON.parse` quotes of its text, which may be a secret. */
function messageOf({ name, message }: Error): string {
  return name === "SyntaxError" ? message.replace(/^.* is not valid JSON$/s, "a text is not JSON") : message;
}
