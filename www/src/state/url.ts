/**
 * The page's address: what it asks for on load, and how the page's state is written back, so that
 * an address that is copied or reloaded shows the same again.
 *
 * What it says is inert data: only known names are read, values only become numbers or known
 * words, and the core judges the numbers.
 */

import type { Preset, RunSpec } from "../generated/core";
import { LIMITS, PRESETS } from "../generated/limits";
import type { DeviceChoice } from "../trainer/protocol";
import { changes, matchName, PRESET_NAMES, presetOf, PROPERTIES } from "./properties";
import { FIRST_TAB, TABS, type TabName } from "./view.svelte";

/** What a page shows: the part of its state that an address holds. */
export interface PageState {
  /** The preset that the spec is, or was made from. */
  preset: Preset;
  spec: RunSpec;
  device: DeviceChoice;
  /** The tab that is open. */
  tab: TabName;
}

/** Everything an address asks for. */
export interface PageRequest extends PageState {
  /** Threads to train on the CPU with; as many as pay where none are named. */
  threads: number | undefined;
  /** Compact layout, for a frame in another page. */
  embed: boolean;
  /** Lead through the page when Train is first pressed. */
  tour: boolean;
  /** Start training without being asked. */
  autostart: boolean;
  /** Parameters whose value was not understood, to be told to the person who wrote them. */
  ignored: { param: string; text: string }[];
}

const DEVICES: Record<DeviceChoice, true> = { auto: true, webgpu: true, cpu: true, ndarray: true };
/** The devices that can be chosen, in the order they are listed. */
export const DEVICE_CHOICES = Object.keys(DEVICES) as DeviceChoice[];

const FIRST_PRESET: Preset = "MLP";

/** Reads the search part of an address. */
export function readUrl(search: string): PageRequest {
  const params = new URLSearchParams(search);
  const ignored: PageRequest["ignored"] = [];
  /** The value that a parameter's text means, or nothing, with a note, where it means none. */
  const read = <T>(param: string, parse: (text: string) => T | undefined): T | undefined => {
    const text = params.get(param);
    if (text === null) return undefined;
    const value = parse(text);
    if (value === undefined) ignored.push({ param, text });
    return value;
  };
  const preset = read("preset", (text) => matchName(PRESET_NAMES, text)) ?? FIRST_PRESET;
  const device = read("device", (text) => matchName(DEVICE_CHOICES, text)) ?? "auto";
  const tab = read("tab", (text) => matchName(TABS, text)) ?? FIRST_TAB;
  let spec = PRESETS[preset];
  for (const property of PROPERTIES) {
    spec = read(property.param, (text) => property.write(spec, text)) ?? spec;
  }
  const flag = (param: string, usual = false) => read(param, parseFlag) ?? usual;
  return {
    preset,
    spec,
    device,
    tab,
    threads: read("threads", parseThreads),
    embed: flag("embed"),
    tour: flag("tour", true),
    // Two names for one wish: evaluated both, so that a bad value of either is told.
    autostart: [flag("train"), flag("autostart")].includes(true),
    ignored,
  };
}

function parseThreads(text: string): number | undefined {
  const threads = /^\d+$/.test(text) ? Number(text) : 0;
  return threads >= LIMITS.threads.min && threads <= LIMITS.threads.max ? threads : undefined;
}

function parseFlag(text: string): boolean | undefined {
  const word = matchName(["", "1", "true", "yes", "on", "0", "false", "no", "off"], text);
  return word === undefined ? undefined : ["", "1", "true", "yes", "on"].includes(word);
}

/**
 * The search part that shows `state`. Of the former one it keeps what is not its own; of the spec
 * it writes what differs from its preset, or from the optimizer's usual parameters. Numbers that
 * are none, or out of their range, are left out: an address shall not bring them back.
 */
export function writeUrl(search: string, state: PageState): string {
  const params = new URLSearchParams(search);
  const preset = presetOf(state.spec) ?? state.preset;
  set(params, "preset", preset === FIRST_PRESET ? undefined : preset);
  set(params, "device", state.device === "auto" ? undefined : state.device);
  set(params, "tab", state.tab === FIRST_TAB ? undefined : state.tab);
  const own = new Set(changes(PRESETS[preset], state.spec));
  for (const property of PROPERTIES) {
    set(params, property.param, own.has(property) ? property.read(state.spec) : undefined);
  }
  const text = params.toString();
  return text && `?${text}`;
}

function set(params: URLSearchParams, param: string, text: string | undefined): void {
  if (text === undefined) params.delete(param);
  else params.set(param, text);
}
