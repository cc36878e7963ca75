/**
 * The panels behind the tabs. The first one comes with the page; the others are fetched when they
 * are opened for the first time.
 */

import type { Component } from "svelte";

import type { Session } from "../../state/session.svelte";
import type { Tour } from "../../state/tour.svelte";
import type { TabName, View } from "../../state/view.svelte";
import ConfusionMatrix from "../confusion/ConfusionMatrix.svelte";

/** What every panel is given; it takes what it needs. */
export interface PanelProps {
  session: Session;
  view: View;
  tour: Tour;
  /** Whether it is in sight: else it rests. */
  shown: boolean;
}

type Panel = Component<PanelProps>;

/** Each panel by the name of its tab. */
export const PANELS: Record<TabName, () => Promise<{ default: Panel }>> = {
  matrix: () => Promise.resolve({ default: ConfusionMatrix }),
  predictions: () => import("../predictions/Predictions.svelte"),
  mistakes: () => import("../mistakes/Mistakes.svelte"),
  report: () => import("../report/Report.svelte"),
  layers: () => import("../layers/Layers.svelte"),
  draw: () => import("../draw/Draw.svelte"),
  data: () => import("../data/Data.svelte"),
  finder: () => import("../finder/Finder.svelte"),
  runs: () => import("../runs/Runs.svelte"),
  learn: () => import("../learn/Learn.svelte"),
};
