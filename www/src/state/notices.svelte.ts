/** What the page tells the person beside what panels show. */

/** Something the person should know of, with what to do. */
export interface Notice {
  kind: "info" | "error";
  text: string;
}

/** All that is told at the moment, in the order it came. */
export class Notices {
  all = $state.raw<Notice[]>([]);

  /** Tells something, unless it stands there already. */
  tell(kind: Notice["kind"], text: string): void {
    if (!this.all.some((notice) => notice.text === text)) this.all = [...this.all, { kind, text }];
  }

  /** Takes one away. */
  dismiss(notice: Notice): void {
    this.all = this.all.filter((other) => other !== notice);
  }

  /** Takes all errors away: the person does something else. */
  dismissErrors(): void {
    this.all = this.all.filter(({ kind }) => kind !== "error");
  }

  /** Takes everything away. */
  clear(): void {
    this.all = [];
  }
}
