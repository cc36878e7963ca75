/** What the page shows beside the run: which of the tabs on the right is open. */

/** The tabs, in the order they stand in. The first one is open unless the address says otherwise. */
export const TABS = [
  "matrix",
  "predictions",
  "mistakes",
  "report",
  "layers",
  "draw",
  "data",
  "finder",
  "runs",
  "learn",
] as const;

/** The name of a tab, in the page's address too. */
export type TabName = (typeof TABS)[number];

/** The tab that is open at first. */
export const FIRST_TAB: TabName = TABS[0];

/** What the Data tab shows of the images. */
export const DATA_VIEWS = ["samples", "classes", "augmentation"] as const;

/** The name of one of them. */
export type DataView = (typeof DATA_VIEWS)[number];

/** The view of a page. */
export class View {
  tab = $state<TabName>(FIRST_TAB);
  data = $state<DataView>(DATA_VIEWS[0]);
  /** Every tab that was open: its panel is made once and then kept, with all that it holds. */
  seen = $state.raw<readonly TabName[]>([]);

  constructor(tab: TabName) {
    this.open(tab);
  }

  /** Opens a tab. */
  open(tab: TabName): void {
    this.tab = tab;
    if (!this.seen.includes(tab)) this.seen = [...this.seen, tab];
  }
}
