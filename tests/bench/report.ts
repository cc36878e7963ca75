// How measurements are written down: as Markdown, with the machine they were taken on.

import { cpus, totalmem } from "node:os";

/** The machine in one line. */
export function machine(): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Measured on ${processors.length} x ${processors[0]?.model ?? "unknown processor"}, ${memory} GiB, ${process.platform}.`;
}

/** A Markdown table. */
export function table(header: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
