/** A reliability diagram: for images that the network is this sure of, how many it gets right. */

import type { Calibration } from "../generated/core";

/** One bin that has images; all are shares, 0 to 1. */
export interface ReliabilityBar {
  /** The confidences it is of. */
  lower: number;
  upper: number;
  /** Mean confidence of its images, and the share of them that is right. */
  confidence: number;
  accuracy: number;
  count: number;
  /** How many images it has beside the fullest bin, as a square root, so that few are seen. */
  fullness: number;
}

/** The bars of a diagram; bins without images have none. */
export function reliabilityBars({ bins }: Calibration): ReliabilityBar[] {
  const most = Math.max(...bins.map(({ count }) => count), 1);
  return bins.flatMap(({ lower, upper, count, confidence, accuracy }) =>
    confidence === undefined || accuracy === undefined
      ? []
      : [{ lower, upper, confidence, accuracy, count, fullness: Math.sqrt(count / most) }],
  );
}
