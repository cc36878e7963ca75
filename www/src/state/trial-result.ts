/** What a trial of a search came to. */

import type { BestEpoch } from "../generated/core";
import type { History } from "./history";

/**
 * The epoch after which most validation images were classified correctly: those between, which look
 * at some of the images only, do not count. None where no epoch was over.
 */
export function bestEpoch({ evaluations, stepsPerEpoch }: History): BestEpoch | undefined {
  return evaluations.validation
    .filter(({ step }) => step % stepsPerEpoch === 0)
    .reduce<BestEpoch | undefined>(
      (best, { accuracy, loss, epoch }) =>
        best && best.accuracy >= accuracy ? best : { accuracy, loss, epoch },
      undefined,
    );
}
