/**
 * Preloaded into a command: stops it with STOP_SIGNAL before its STOP_AT-th change of the file system below STOP_UNDER;
 * of what was to be written, half is there. Lists the changes in the file STOP_COUNT.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { resolve, sep } from "node:path";

const { STOP_AT: at, STOP_UNDER: under, STOP_SIGNAL: signal, STOP_COUNT: count } = process.env;
const { appendFileSync, writeFileSync, writeSync, closeSync } = fs;
const opened = new Set();
let changes = 0;

function isBelow(place) {
  if (typeof place === "number") return opened.has(place);
  return resolve(String(place)).startsWith(`${under}${sep}`);
}

function change(name, half) {
  changes += 1;
  if (count !== undefined) appendFileSync(count, `${name}\n`);
  if (changes !== Number(at)) return;
  half?.();
  // Whoever waits for it reads this.
  if (signal === "SIGSTOP") writeSync(process.stderr.fd, "stopped\n");
  process.kill(process.pid, signal);
}

function wrap(holder, name, half) {
  const original = holder[name];
  holder[name] = (place, ...rest) => {
    if (isBelow(place)) change(name, half && (() => half(place, ...rest)));
    return original(place, ...rest);
  };
}

const halfOf = (place, content) => writeFileSync(place, content.slice(0, Math.floor(content.length / 2)));
for (const holder of [fs, fs.promises]) {
  for (const name of ["writeFile", "appendFile"]) wrap(holder, name, halfOf);
  for (const name of ["rename", "link", "symlink", "copyFile", "mkdir", "rm", "unlink", "truncate"])
    wrap(holder, name);
}
for (const name of ["writeFileSync", "appendFileSync", "writeSync"]) wrap(fs, name, halfOf);
for (const name of ["renameSync", "copyFileSync", "mkdirSync", "rmSync", "unlinkSync"]) wrap(fs, name);
for (const name of ["fsyncSync", "fchmodSync", "createWriteStream", "cpSync"]) wrap(fs, name);
// A link's new name is its second path.
const { linkSync, openSync } = fs;
fs.linkSync = (from, to) => {
  if (isBelow(to)) change("linkSync");
  return linkSync(from, to);
};
fs.openSync = (path, flags, ...rest) => {
  const writes = typeof flags === "string" && flags !== "r" && isBelow(path);
  if (writes) change("openSync");
  const file = openSync(path, flags, ...rest);
  if (writes) opened.add(file);
  return file;
};
fs.closeSync = (file) => {
  opened.delete(file);
  return closeSync(file);
};
syncBuiltinESMExports();
