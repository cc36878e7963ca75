import { describe, expect, test } from "vitest";

import { fieldAtFault, importOf, recognize, type ChosenFile } from "./own-files";

const at = (path: string): ChosenFile => ({
  file: new File([], path.split("/").at(-1) ?? ""),
  path,
});
const OPTIONS = { transposed: false, polarity: "automatic" } as const;

/** The names of the files in each field. */
function told(...paths: string[]) {
  const found = recognize(paths.map(at));
  if (!found) return undefined;
  const fields = Object.entries(found.chosen).filter(([, files]) => files.length > 0);
  return [found.kind, ...fields.map(([field, files]) => [field, ...files.map(({ path }) => path)])];
}

describe("files are told by their names", () => {
  test.each([
    [
      ["digits.zip", "notes.txt"],
      ["zip", ["zip", "digits.zip"]],
    ],
    [["mnist_train.csv"], ["csv", ["csvTrain", "mnist_train.csv"]]],
    [
      ["mnist_test.csv.gz", "mnist_train.csv.gz"],
      ["csv", ["csvTrain", "mnist_train.csv.gz"], ["csvTest", "mnist_test.csv.gz"]],
    ],
    // A test set alone is a set to train on; a contest is no test.
    [["t10k.csv"], ["csv", ["csvTrain", "t10k.csv"]]],
    [["contest.csv"], ["csv", ["csvTrain", "contest.csv"]]],
    [
      [
        "t10k-images-idx3-ubyte.gz",
        "t10k-labels-idx1-ubyte.gz",
        "train-images.idx3-ubyte",
        "train-labels.idx1-ubyte",
      ],
      [
        "idx",
        ["idxTrain", "train-images.idx3-ubyte", "train-labels.idx1-ubyte"],
        ["idxTest", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"],
      ],
    ],
    [
      ["pets/cat/1.PNG", "pets/dog/2.jpeg", "pets/readme"],
      ["folder", ["folder", "pets/cat/1.PNG", "pets/dog/2.jpeg", "pets/readme"]],
    ],
    [["letter.doc"], undefined],
    [[], undefined],
  ])("%j", (paths, expected) => {
    expect(told(...paths)).toEqual(expected);
  });
});

describe("an import", () => {
  test("has the name of its files", () => {
    const name = (...paths: string[]) => {
      const { kind, chosen } = recognize(paths.map(at)) ?? { kind: "csv", chosen: {} };
      const made = importOf(kind, chosen, OPTIONS);
      return "name" in made ? made.name : made.incomplete;
    };
    expect(name("letters.csv.gz")).toBe("letters");
    expect(name("shapes.zip")).toBe("shapes");
    expect(name("pets/cat/1.png")).toBe("pets");
    const pair = ["-train-images-idx3-ubyte.gz", "-train-labels-idx1-ubyte.gz"];
    expect(name(...pair.map((end) => `emnist-letters${end}`))).toBe("emnist-letters");
    expect(name(...pair.map((end) => end.slice(1)))).toBe("train-images-idx3-ubyte");
  });

  test("lacks what is not chosen", () => {
    expect(importOf("csv", {}, OPTIONS)).toEqual({ incomplete: "csvTrain" });
    expect(importOf("zip", {}, OPTIONS)).toEqual({ incomplete: "zip" });
    expect(importOf("folder", { folder: [] }, OPTIONS)).toEqual({ incomplete: "folder" });
    const pair = [at("a"), at("b")];
    expect(importOf("idx", { idxTrain: [at("a")] }, OPTIONS)).toEqual({ incomplete: "idxTrain" });
    expect(importOf("idx", { idxTrain: pair, idxTest: [at("c")] }, OPTIONS)).toEqual({
      incomplete: "idxTest",
    });
    expect(importOf("idx", { idxTrain: pair }, { ...OPTIONS, transposed: true })).toMatchObject({
      imports: { kind: "idx", train: pair.map(({ file }) => file), transposed: true },
    });
  });

  test("keeps the files of a folder with their paths", () => {
    const files = [at("pets/cat/1.png"), at("pets/dog/1.png")];
    expect(importOf("folder", { folder: files }, OPTIONS)).toMatchObject({
      imports: {
        files: files.map(({ file }) => file),
        paths: ["pets/cat/1.png", "pets/dog/1.png"],
      },
    });
  });
});

test("a fault is shown where the file was chosen", () => {
  const chosen = { csvTrain: [at("train.csv")], csvTest: [at("test.csv")] };
  const field = (message: string, part?: "train" | "test") =>
    fieldAtFault("csv", chosen, { message, part });
  expect(field("test.csv: line 2: too few columns")).toBe("csvTest");
  expect(field("train.csv: it has no class.")).toBe("csvTrain");
  expect(field("The test images show the class “x”.", "test")).toBe("csvTest");
  expect(field("Trainingsbilder: Es wären 1.", "train")).toBe("csvTrain");
  expect(fieldAtFault("zip", {}, { message: "Too few.", part: "test" })).toBe("zip");
});
