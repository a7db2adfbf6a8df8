/** Certificates that OpenSSL makes while the tests run, in a folder that is removed after them. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Certificate {
  readonly key: string;
  /** With what stands between it and the root. */
  readonly cert: string;
}

const day = 24 * 3_600_000;

/** A root, an intermediate below it, and what they sign. */
export class Authority {
  readonly #folder = mkdtempSync(join(tmpdir(), "authority-"));
  readonly root: string;
  #count = 0;

  constructor() {
    this.#write("ca.cnf", config(this.#folder));
    this.#write("index.txt", "");
    this.#openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "key.pem");
    for (const name of ["root", "middle"]) {
      this.#openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", `${name}.key`);
    }
    this.#openssl(
      "req",
      "-x509",
      "-new",
      "-key",
      "root.key",
      "-subj",
      "/CN=Test root",
      "-days",
      "3650",
      "-out",
      "root.pem",
    );
    this.root = this.#read("root.pem");
    this.#openssl("req", "-new", "-key", "middle.key", "-subj", "/CN=Test middle", "-out", "middle.csr");
    this.#sign("root", "middle", "authority", new Date(Date.now() - day), new Date(Date.now() + 3000 * day));
  }

  /** One for 90 days, by the intermediate. */
  issue(names: readonly string[], { days = 90, from = -1, chain = true } = {}): Certificate {
    this.#count += 1;
    const name = `leaf${this.#count}`;
    const at = (offset: number) => new Date(Date.now() + offset * day);
    this.#write(`${name}.ext`, `[leaf]\nsubjectAltName=${names.map((n) => `DNS:${n}`).join(",")}\n`);
    this.#openssl("req", "-new", "-key", "key.pem", "-subj", "/CN=site", "-out", `${name}.csr`);
    this.#sign("middle", name, `${name}.ext`, at(from), at(days));
    const cert = this.#read(`${name}.pem`) + (chain ? this.#read("middle.pem") : "");
    return { key: this.#read("key.pem"), cert };
  }

  selfSigned(name: string): Certificate {
    this.#openssl(
      "req",
      "-x509",
      "-new",
      "-key",
      "key.pem",
      "-subj",
      "/CN=site",
      "-days",
      "90",
      "-addext",
      `subjectAltName=DNS:${name}`,
      "-out",
      "self.pem",
    );
    return { key: this.#read("key.pem"), cert: this.#read("self.pem") };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  /** @param ext the section of extensions, or the file that has a section `leaf` */
  #sign(by: string, name: string, ext: string, from: Date, to: Date): void {
    const form = (date: Date) => date.toISOString().replaceAll(/[-:T]|\.\d+/g, "");
    const extensions = ext.endsWith(".ext") ? ["-extfile", ext, "-extensions", "leaf"] : ["-extensions", ext];
    this.#openssl(
      "ca",
      "-batch",
      "-notext",
      "-config",
      "ca.cnf",
      "-cert",
      `${by}.pem`,
      "-keyfile",
      `${by}.key`,
      "-in",
      `${name}.csr`,
      "-out",
      `${name}.pem`,
      "-startdate",
      form(from),
      "-enddate",
      form(to),
      ...extensions,
    );
  }

  #openssl(...args: readonly string[]): void {
    execFileSync("openssl", args, { cwd: this.#folder, stdio: ["ignore", "ignore", "pipe"] });
  }

  #read(name: string): string {
    return readFileSync(join(this.#folder, name), "utf8");
  }

  #write(name: string, text: string): void {
    writeFileSync(join(this.#folder, name), text);
  }
}

function config(folder: string): string {
  return `[ca]
default_ca = own
[own]
database = ${folder}/index.txt
new_certs_dir = ${folder}
default_md = sha256
policy = any
unique_subject = no
rand_serial = yes
[any]
commonName = supplied
[authority]
basicConstraints = critical,CA:true
keyUsage = keyCertSign,cRLSign
`;
}
