import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { install } from "./installed.ts";

// What users have: no export condition of ours, no skipLibCheck, with the library of a browser or without, old and new.
const compilers = ["typescript-5.9", "typescript-6", "typescript-7"];
const settings: Record<string, readonly string[]> = {
  "a Node service": ["--module", "nodenext", "--lib", "es2023,esnext.disposable"],
  "a page": ["--module", "esnext", "--moduleResolution", "bundler", "--lib", "es2023,dom,esnext.disposable"],
};

/** What a compiler complains of; nothing if all is well. */
function compile(compiler: string, cwd: string, args: readonly string[]): string {
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      resolve("node_modules", compiler, "bin", "tsc"),
      "--strict",
      "--exactOptionalPropertyTypes",
      "--target",
      "es2022",
      "--types",
      "node",
      ...["--ignoreConfig"].filter(() => compiler !== "typescript-5.9"),
      ...args,
    ],
    { encoding: "utf8", cwd },
  );
  return status === 0 ? "" : stdout;
}

function expect(compiler: string, what: string, isSo: boolean, said: string): void {
  if (isSo) return;
  console.log(`${compiler}, ${what}:\n${said}`);
  process.exitCode = 1;
}

const look = ["--noEmit", "--allowImportingTsExtensions"];
for (const compiler of compilers) {
  for (const [name, args] of Object.entries(settings)) {
    const said = compile(compiler, ".", [...look, ...args, "src/app.ts", "src/session.ts"]);
    expect(compiler, name, said === "", said);
  }
  // Who mistypes a name is told those there are, not the contract.
  const mistyped = compile(compiler, ".", [...look, "--module", "nodenext", "src/mistyped.ts"]);
  const names = /"publsh".*parameter of type '("leave" \| "publish"|"publish" \| "leave")'/;
  expect(compiler, "a name mistyped", names.test(mistyped), mistyped);
  // And who mistypes an option is told of that one, not of one that is fine.
  const option = compile(compiler, ".", [...look, "--module", "nodenext", "src/mistyped-option.ts"]);
  const words =
    /'hearbeat' does not exist in type 'TypedConnectOptions.*Did you mean to write 'heartbeat'\?\s*$/;
  expect(compiler, "an option mistyped", words.test(option), option);
}

// A package that somebody shares is compiled to declarations, where only what it depends on is there.
const author = install(["browser", "node", "server"]);
copyFileSync("src/library.ts", join(author, "library.ts"));
writeFileSync(join(author, "package.json"), '{ "type": "module" }');
for (const compiler of compilers) {
  const args = ["--declaration", "--emitDeclarationOnly", "--outDir", "out", "--module", "nodenext"];
  const said = compile(compiler, author, [...args, "--lib", "es2023,esnext.disposable", "library.ts"]);
  expect(compiler, "the author of a library", said === "", said);
}
rmSync(author, { recursive: true });
