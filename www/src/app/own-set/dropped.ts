/** The files that were dropped on the page, those in folders included. */

import type { ChosenFile } from "../../state/own-files";

/** The files of a drop, in the order of their paths. To be called while the drop is handled. */
export async function droppedFiles(transfer: DataTransfer): Promise<ChosenFile[]> {
  // What was dropped is gone after the first wait, so all entries are taken at once.
  const dropped = [...transfer.items].map((item) => {
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry) return filesIn(entry);
    return Promise.resolve(file ? [{ file, path: file.name }] : []);
  });
  const found = (await Promise.all(dropped)).flat();
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The files of an input. */
export function inputFiles(files: FileList | null): ChosenFile[] {
  return [...(files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

async function filesIn(entry: FileSystemEntry): Promise<ChosenFile[]> {
  const path = entry.fullPath.replace(/^\//, "");
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ file, path }];
  }
  if (!isDirectory(entry)) return [];
  const reader = entry.createReader();
  const inside: FileSystemEntry[] = [];
  // A folder is read a hundred entries at a time.
  for (;;) {
    const more = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (more.length === 0) break;
    inside.push(...more);
  }
  return (await Promise.all(inside.map(filesIn))).flat();
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
