/** What a CloudFront function does, of those that are understood: it is read, never run. */

/** Whether all that it does is to set a header to the address of the customer's connection, whatever was sent as it. */
export function setsAddress(code: string, header: string): boolean {
  const tokens = code
    // A comment without an end is looked through once, and stays.
    .replaceAll(/\/\*(?:[\s\S]*?\*\/|([\s\S]*)$(?![\s\S]))|^[ \t]*\/\/.*$/gm, (whole, endless) =>
      endless === undefined ? "" : whole,
    )
    .replaceAll(/['`]/g, '"')
    .replaceAll(/[\s;]+/g, " ")
    .replaceAll(/ ?([^\w ]) ?/g, "$1");
  const set = `(event\\.)?request\\.headers\\["${header}"\\]=\\{value:event\\.viewer\\.ip\\}`;
  const alias = "((const|let|var) request=event\\.request )?";
  return new RegExp(
    `^(async )?function handler\\(event\\)\\{${alias}${set}return (event\\.)?request\\}$`,
  ).test(tokens.trim());
}
