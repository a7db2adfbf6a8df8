/**
 * What each way into this project begins with: says in one line what is missing where Node.js cannot read TypeScript,
 * or where nothing is installed. JavaScript that Pulumi can require, and an older Node.js read.
 */
const { engines } = require("./package.json");

/** @param {string} message */
function refuse(message) {
  console.error(`error: ${message}`);
  process.exit(2);
}

if (!process.features.typescript) {
  refuse(
    `found Node.js ${process.versions.node}, must be ${engines.node} with its type stripping on; ` +
      "`npm ci` installs one, which `npm run` and `npx` use",
  );
}
try {
  require.resolve("commander");
} catch {
  refuse("the dependencies are not installed: run `npm ci`");
}
