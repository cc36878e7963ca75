/**
 * Which files of a person's own make up a data set. What they hold is the core's business; here
 * they are only told apart by their names.
 */

import type { Polarity } from "../generated/core";
import type { Failure, Imports } from "../trainer/protocol";

/** Where a person's images are. */
export type ImportKind = "csv" | "idx" | "zip" | "folder";

/** The fields that files are chosen in. */
export const FIELDS = {
  csv: ["csvTrain", "csvTest"],
  idx: ["idxTrain", "idxTest"],
  zip: ["zip"],
  folder: ["folder"],
} as const satisfies Record<ImportKind, readonly string[]>;

/** The name of a field. */
export type FieldName = (typeof FIELDS)[ImportKind][number];

/** The kinds, in the order they are listed. */
export const IMPORT_KINDS = Object.keys(FIELDS) as ImportKind[];

/** A file, and its path within what was chosen. */
export interface ChosenFile {
  file: File;
  path: string;
}

/** The files in each field. */
export type Chosen = Partial<Record<FieldName, readonly ChosenFile[]>>;

/** What is known of files whose kind is not. */
const TABLE = /\.csv(\.gz)?$/i;
const ARCHIVE = /\.zip$/i;
const PICTURE = /\.(png|jpe?g)$/i;
const IDX = /(idx\d|\.idx|ubyte)/i;
const TEST = /(^|[^a-z])(test|testing|t10k)([^a-z]|$)/i;

/** What kind of data set some files are, and which goes where; nothing where their names do not tell. */
export function recognize(
  files: readonly ChosenFile[],
): { kind: ImportKind; chosen: Chosen } | undefined {
  const named = (pattern: RegExp) => files.filter(({ file }) => pattern.test(file.name));
  const [archive] = named(ARCHIVE);
  if (archive) return { kind: "zip", chosen: { zip: [archive] } };
  const tables = named(TABLE);
  if (tables.length > 0) {
    const { train, test } = parts(tables);
    return { kind: "csv", chosen: { csvTrain: train.slice(0, 1), csvTest: test.slice(0, 1) } };
  }
  const idx = named(IDX);
  if (idx.length > 0) {
    const { train, test } = parts(idx);
    return { kind: "idx", chosen: { idxTrain: train, idxTest: test } };
  }
  if (named(PICTURE).length > 0) return { kind: "folder", chosen: { folder: files } };
  return undefined;
}

/** Training and test files. Where all are test files, they are trained on. */
function parts(files: readonly ChosenFile[]) {
  const test = files.filter(({ file }) => TEST.test(file.name));
  const train = files.filter((each) => !test.includes(each));
  return train.length > 0 ? { train, test } : { train: test, test: [] };
}

/** What is to be known beside the files. */
export interface ImportOptions {
  transposed: boolean;
  polarity: Polarity;
}

/** The import that files of a kind make up, or the field where some are missing or too many. */
export function importOf(
  kind: ImportKind,
  chosen: Chosen,
  { transposed, polarity }: ImportOptions,
): { imports: Imports; name: string } | { incomplete: FieldName } {
  const files = (field: FieldName) => (chosen[field] ?? []).map(({ file }) => file);
  switch (kind) {
    case "csv": {
      const [train] = files("csvTrain");
      const [test] = files("csvTest");
      if (!train) return { incomplete: "csvTrain" };
      return { imports: { kind, train, test }, name: withoutEnding(train.name) };
    }
    case "idx": {
      const train = files("idxTrain");
      const test = files("idxTest");
      if (!isPair(train)) return { incomplete: "idxTrain" };
      if (test.length > 0 && !isPair(test)) return { incomplete: "idxTest" };
      const imports: Imports = { kind, train, test: isPair(test) ? test : undefined, transposed };
      return { imports, name: idxName(train[0].name) };
    }
    case "zip": {
      const [file] = files("zip");
      if (!file) return { incomplete: "zip" };
      return { imports: { kind, file, polarity }, name: withoutEnding(file.name) };
    }
    case "folder": {
      const paths = (chosen.folder ?? []).map(({ path }) => path);
      if (paths.length === 0) return { incomplete: "folder" };
      const name = paths[0]?.split("/")[0] ?? "";
      return { imports: { kind, files: files("folder"), paths, polarity }, name };
    }
  }
}

function isPair(files: File[]): files is [File, File] {
  return files.length === 2;
}

function withoutEnding(name: string): string {
  return name.replace(/(\.csv|\.zip|\.gz)+$/i, "");
}

/** What is left of `emnist-letters-train-images-idx3-ubyte.gz` that is a name. */
function idxName(file: string): string {
  const parts = withoutEnding(file).split(/[-_.]/);
  const isKind = /^(train|test|t10k|images|labels|idx\d?|ubyte)$/i;
  return parts.filter((part) => !isKind.test(part)).join("-") || withoutEnding(file);
}

/** The field that a failure is about: its sentence begins with the name of a file, or it names a part. */
export function fieldAtFault(
  kind: ImportKind,
  chosen: Chosen,
  { message, part }: Pick<Failure, "message" | "part">,
): FieldName {
  const fields: readonly FieldName[] = FIELDS[kind];
  const names = (field: FieldName) => (chosen[field] ?? []).map(({ file }) => file.name);
  const byName = fields.find((field) => names(field).some((name) => message.startsWith(name)));
  const byPart = part === "test" ? fields[1] : undefined;
  return byName ?? byPart ?? FIELDS[kind][0];
}
