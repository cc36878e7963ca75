// How Chromium is started for the tests.

/** Which browser: build.sh looks for one, or installs it. */
export function executablePath(): string {
  const found = process.env.CHROMIUM;
  if (!found) throw new Error("CHROMIUM names no browser: run the tests through ./build.sh.");
  return found;
}

/** Which Firefox, for the tests that need one; without a name it is sought where systems have it. */
export function firefoxPath(): { executablePath?: string } {
  const found = process.env.FIREFOX;
  return found ? { executablePath: found } : {};
}

/** For every start: as root there is no sandbox; the rest keeps the browser off the network. */
const QUIET = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** WebGPU computed by the processor: slow, but right, and the same on every machine. */
export const SOFTWARE_GPU = [
  ...QUIET,
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--enable-unsafe-swiftshader",
];

/** A name that is not localhost: a page from there is no secure context. */
export const PLAIN_HTTP_HOST = "lesson.test";

/** A machine whose browser has no WebGPU adapter; the name above leads to this machine. */
export const WITHOUT_GPU = [
  ...QUIET,
  "--disable-features=WebGPU",
  `--host-resolver-rules=MAP ${PLAIN_HTTP_HOST} localhost`,
];
