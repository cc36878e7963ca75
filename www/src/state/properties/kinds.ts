/**
 * The kinds of things a person can set: numbers, choices, switches and lists. Each knows its name,
 * where it sits in a spec, and how it is written as text; a control of its kind does the rest.
 */

import type { Range, RunSpec } from "../../generated/core";
import { strings } from "../../strings";
import type { FieldWords } from "../../strings/en-fields";
import { MISSING, typed } from "../format";
import { stops, type Steps } from "../stops";

/** The name of a property in the page's address. */
export type Param = keyof typeof strings.fields;

interface Common {
  param: Param;
  /** What it is called on the page. */
  label: string;
  /** One sentence on what it does. */
  help: string;
  /** What its number counts, if anything. */
  unit: string;
  /** Where the core finds fault with it. */
  field: string;
  /** Whether a change acts on the run in hand. */
  live: boolean;
  /** Whether the spec has it: Adam has no momentum. */
  has(spec: RunSpec): boolean;
  /** Its value as text; nothing where the spec has none that could be read back. */
  read(spec: RunSpec): string | undefined;
  /** The spec with the value that the text says; nothing where the text is not understood. */
  write(spec: RunSpec, text: string): RunSpec | undefined;
  /** Its value as one reads it on the page; nothing where that would be too long to say. */
  show(spec: RunSpec): string | undefined;
}

/** A number with a range. Where it can be without limit, it is Infinity then. */
export interface NumberProperty extends Common {
  kind: "number";
  range: Range;
  /** Where its slider can stop. */
  places: readonly number[];
  /** The word for no limit, where there can be none. */
  unlimited: string | undefined;
  get(spec: RunSpec): number | undefined;
  set(spec: RunSpec, value: number): RunSpec;
}

/** One of several named options. */
export interface ChoiceProperty extends Common {
  kind: "choice";
  /** The options; those that are classes are called by their names, where these are known. */
  options(
    spec: RunSpec,
    classNames?: readonly string[],
  ): readonly { name: string; label: string }[];
}

/** On or off. */
export interface SwitchProperty extends Common {
  kind: "switch";
  get(spec: RunSpec): boolean | undefined;
  set(spec: RunSpec, on: boolean): RunSpec;
}

/** Several numbers in one; each such property has a control of its own. */
export interface ListProperty extends Common {
  kind: "list";
}

/** One thing that can be set. */
export type Property = NumberProperty | ChoiceProperty | SwitchProperty | ListProperty;

/** The words of a property. */
export function words(param: Param): FieldWords {
  return strings.fields[param];
}

function common(param: Param, field: string, live = false) {
  const { label, help, unit = "" } = words(param);
  return { param, label, help, unit, field, live };
}

/**
 * A number as a person typed it: a decimal comma is one where it can be nothing else, so 0,01 but
 * not 1,000. What is no number becomes NaN, which the core refuses with a sentence: the page has
 * no judgement of its own.
 */
export function parseNumber(text: string): number {
  const plain = text.trim();
  if (plain === "") return NaN;
  const comma = /^([+-]?\d*),(\d+)((?:e[+-]?\d+)?)$/i.exec(plain);
  if (!comma) return Number(plain);
  const [, whole = "", fraction = "", exponent = ""] = comma;
  const thousands = /^[+-]?[1-9]\d{0,2}$/.test(whole) && fraction.length === 3 && exponent === "";
  return thousands ? NaN : Number(`${whole}.${fraction}${exponent}`);
}

/** The same, where a word may stand for no limit. */
export function parseLimited(text: string, unlimited: string | undefined): number {
  const word = text.trim().toLowerCase();
  return unlimited !== undefined && word === unlimited.toLowerCase() ? Infinity : parseNumber(text);
}

/** What is written for no limit, in whatever language the page is. */
const OFF = "off";

/** How a number is told from the others. */
export interface NumberSetting {
  param: Param;
  field: string;
  range: Range;
  steps?: Steps;
  live?: boolean;
  get: (spec: RunSpec) => number | undefined;
  set: (spec: RunSpec, value: number) => RunSpec;
}

/** Makes a number's property. */
export function number(setting: NumberSetting): NumberProperty {
  const { param, field, range, steps = "usual", live = false, get, set } = setting;
  const { unlimited } = words(param);
  const unit = words(param).unit ?? "";
  const places = stops(range, steps);
  if (unlimited !== undefined) places.push(Infinity);
  return {
    ...common(param, field, live),
    kind: "number",
    range,
    places,
    unlimited,
    get,
    set,
    has: (spec) => get(spec) !== undefined,
    read(spec) {
      const value = get(spec);
      if (value === Infinity && unlimited !== undefined) return OFF;
      return value !== undefined && isWithin(value, range) ? String(value) : undefined;
    },
    write: (spec, text) => set(spec, parseLimited(text, unlimited && OFF)),
    show(spec) {
      const value = get(spec);
      if (value === undefined) return undefined;
      if (value === Infinity && unlimited !== undefined) return unlimited;
      if (!Number.isFinite(value)) return MISSING;
      return `${typed(value)}${unit && (unit.length > 1 ? ` ${unit}` : unit)}`;
    },
  };
}

function isWithin(value: number, { min, max, whole }: Range): boolean {
  return value >= min && value <= max && (!whole || Number.isInteger(value));
}

/** Makes a choice's property. Case does not matter when it is read. */
export function choice<Name extends string>(
  param: Param,
  field: string,
  labels: Record<Name, string>,
  get: (spec: RunSpec) => Name | undefined,
  set: (spec: RunSpec, name: Name) => RunSpec,
): ChoiceProperty {
  const names = Object.keys(labels) as Name[];
  const options = names.map((name) => ({ name, label: labels[name] }));
  return choiceAmong(param, field, {
    options: () => options,
    read: get,
    write(spec, text) {
      const name = matchName(names, text);
      return name && set(spec, name);
    },
    show(spec) {
      const name = get(spec);
      return name && labels[name];
    },
  });
}

/** Makes the property of a choice whose options depend on the spec. */
export function choiceAmong(
  param: Param,
  field: string,
  how: Pick<ChoiceProperty, "options" | "read" | "write" | "show">,
): ChoiceProperty {
  const has = (spec: RunSpec) => how.read(spec) !== undefined;
  return { ...common(param, field), kind: "choice", has, ...how };
}

/** Makes a switch's property; on and off are written as `true` and `false`. */
export function toggle(
  param: Param,
  field: string,
  get: (spec: RunSpec) => boolean | undefined,
  set: (spec: RunSpec, on: boolean) => RunSpec,
): SwitchProperty {
  return {
    ...common(param, field),
    kind: "switch",
    get,
    set,
    has: (spec) => get(spec) !== undefined,
    read: (spec) => get(spec)?.toString(),
    write(spec, text) {
      const word = matchName(["true", "false"], text);
      return word === undefined || get(spec) === undefined ? undefined : set(spec, word === "true");
    },
    show(spec) {
      const on = get(spec);
      return on === undefined ? undefined : on ? strings.settings.on : strings.settings.off;
    },
  };
}

/** Makes the property of a list. */
export function list(
  param: Param,
  field: string,
  how: Pick<ListProperty, "read" | "write" | "show">,
): ListProperty {
  return { ...common(param, field), kind: "list", has: () => true, ...how };
}

/** What joins the numbers of a list: a character that addresses carry as it is. */
const JOINT = "_";

/** A list of numbers as text. */
export function formatNumbers(numbers: readonly number[], empty: string): string {
  return numbers.length === 0 ? empty : numbers.join(JOINT);
}

/** A list of numbers from text; nothing where any of them is no number. */
export function parseNumbers(text: string, empty: string): number[] | undefined {
  if (matchName([empty], text) !== undefined) return [];
  const numbers = text.split(JOINT).map(parseNumber);
  return numbers.some(Number.isNaN) ? undefined : numbers;
}

/** The name among `names` that the text means. */
export function matchName<Name extends string>(
  names: readonly Name[],
  text: string,
): Name | undefined {
  return names.find((name) => name.toLowerCase() === text.trim().toLowerCase());
}

/** The number under this key of an object, if it has one. */
export function numberOf(object: object, key: string): number | undefined {
  const value: unknown = Object.hasOwn(object, key) ? Reflect.get(object, key) : undefined;
  return typeof value === "number" ? value : undefined;
}
