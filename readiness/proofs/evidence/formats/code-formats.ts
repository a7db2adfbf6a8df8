/** Formats of what is run on code: tests, coverage, linters, types and builds. */
import type { Format } from "../reading.ts";
import { command } from "./command.ts";
import { coverageSummary } from "./coverage/coverage-summary.ts";
import { istanbul } from "./coverage/istanbul.ts";
import { biomeJson } from "./lint/biome-json.ts";
import { eslintJson } from "./lint/eslint-json.ts";
import { sarif } from "./lint/sarif.ts";
import { jestJson } from "./tests/jest-json.ts";
import { junit } from "./tests/junit.ts";
import { nodeTestJunit } from "./tests/node-test-junit.ts";
import { playwrightJson } from "./tests/playwright-json.ts";
import { vitestJson } from "./tests/vitest-json.ts";

export const codeFormats: readonly Format[] = [
  vitestJson,
  jestJson,
  playwrightJson,
  nodeTestJunit,
  junit,
  coverageSummary,
  istanbul,
  biomeJson,
  eslintJson,
  sarif,
  command,
];
