/** What is said where something failed, in English. The worker says this too, and carries no other words. */

export const failures = {
  coreMissing: (build: string) => `The ${build} core is not part of this site. Build it again.`,
  coreNotLoaded: (build: string, detail: string) =>
    `The ${build} core could not be loaded (${detail}). Check the connection, then press Reset.`,
  notOpen: "No device is open. Press Reset.",
  workerNotStarted: "The training worker could not be started.",
  workerGarbled: "A message from the training worker could not be read.",
  workerGone: "The training worker has ended.",
  workerSilent: (seconds: number) =>
    `The training worker gave no sign of life for ${seconds} seconds.`,
  superseded: "Something newer was asked for.",
  diedTwice: (why: string) =>
    `The training worker broke down twice (${why}). Choose another device, or a smaller network, then press Reset.`,
  unreachable: (file: string) => `${file} could not be fetched: check the connection.`,
  refused: (file: string, status: number) =>
    `${file} could not be fetched: the server answered ${status}.`,
  notGzip: (file: string) => `${file} is damaged: it could not be unpacked.`,
  notUnpacked: (file: string) =>
    `${file} is damaged: it could not be unpacked. Make or fetch it again.`,
  notRead: (file: string) =>
    `${file} could not be read: it may have been moved or changed since it was chosen. Choose it again.`,
  tooLarge: (file: string) => `${file} unpacks to more than can be read. Use fewer images.`,
  noFiles: "No file was chosen. Choose pictures in folders, or one zip archive of them.",
  imagesMissing: "Some images have not arrived. Check the connection, then try again.",
  manifestBroken: (file: string) => `${file} is damaged: it could not be read.`,
};
