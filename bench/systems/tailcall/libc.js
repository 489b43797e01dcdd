import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The C library that Tailcall's binary is linked with. On an older Debian that of a later one is unpacked beside the
 * bench, by packages of the mirror that the machine's own apt uses; the system's stays as it is.
 */

/** The glibc that the binary asks for, and the first Debian that has it. */
const needed = { version: "2.39", suite: "trixie" };
const packages = ["libc6", "libgcc-s1"];

/** In node_modules, so that a new install starts without it. */
const folder = join(import.meta.dirname, "../../node_modules/.libc");
const libraries = join(folder, "root/usr/lib/x86_64-linux-gnu");
const loader = join(libraries, "ld-linux-x86-64.so.2");
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
const aptWithinMs = 60_000;

/** Whether the system's own C library will do. */
export function isSystemLibcNewEnough() {
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  const [major, minor] = (report.header.glibcVersionRuntime ?? "0.0").split(".").map(Number);
  const [neededMajor, neededMinor] = needed.version.split(".").map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

/** The program and the arguments that run a binary with the unpacked library; undefined where it is not there. */
export function unpackedLoader() {
  return existsSync(loader) ? { command: loader, args: ["--library-path", libraries] } : undefined;
}

/**
 * Downloads and unpacks the library.
 *
 * @throws {Error} where this is no Debian or its mirror cannot be reached
 */
export function unpackLibc() {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ["lists/partial", "archives/partial", "root"]) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  writeFileSync(
    join(folder, "sources.list"),
    `deb [signed-by=${keyring}] ${debianMirror()} ${needed.suite} main\n`,
  );
  writeFileSync(join(folder, "status"), "");
  apt("update");
  apt("download", ...packages);
  for (const name of packages) unpack(name);
}

/** The address of the mirror that the machine's apt has for its own release. */
function debianMirror() {
  const release = /^VERSION_CODENAME=(\w+)$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1];
  const targets = run("apt-get", ["indextargets", "--format", "$(RELEASE) $(COMPONENT) $(REPO_URI)"]);
  const mirror = targets
    .split("\n")
    .map((line) => line.split(" "))
    .find(([suite, component]) => suite === release && component === "main");
  if (mirror === undefined) throw new Error("apt has no mirror of Debian");
  return mirror[2];
}

/** @param {readonly string[]} args of apt-get, which uses nothing but the folder */
function apt(...args) {
  const settings = {
    "Dir::Etc::sourcelist": join(folder, "sources.list"),
    "Dir::Etc::sourceparts": "-",
    "Dir::State::lists": join(folder, "lists"),
    "Dir::State::status": join(folder, "status"),
    "Dir::Cache": folder,
    "APT::Sandbox::User": "root",
    "Acquire::Retries": "1",
    "Acquire::http::Timeout": "10",
    // A mirror that is not reached is a warning otherwise.
    "APT::Update::Error-Mode": "any",
  };
  run("apt-get", [
    "--quiet",
    ...Object.entries(settings).map((pair) => `--option=${pair.join("=")}`),
    ...args,
  ]);
}

/** @param {string} name of a package that has been downloaded */
function unpack(name) {
  const [file] = run("find", [folder, "-maxdepth", "1", "-name", `${name}_*.deb`]).split("\n");
  run("dpkg-deb", ["--extract", file, join(folder, "root")]);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {string} what it printed
 */
function run(command, args) {
  return execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: "pipe", timeout: aptWithinMs });
}
