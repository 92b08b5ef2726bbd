import type { ReadSibling } from "../base/sibling.js";
import type { DataFile } from "../carried/source-record.js";
import type { Picture } from "../pictures/picture.js";
import type { ProfileData } from "../plan/parse-data.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";

/** A plan's text, as it was read. */
export interface PlanText {
  /** Name shown in findings. */
  readonly file: string;
  readonly text: string;
  /** The office's profile; what the plan itself says goes before it. */
  readonly profile: ProfileData | null;
  /** Reads the spreadsheets and mapping files that the plan names; without it there are none. */
  readonly readSibling?: ReadSibling;
}

/** A plan that was read and whose numbers are known. */
export interface OpenedPlan {
  readonly input: PlanText;
  readonly plan: EvaluatedPlan;
  /** Pictures it shows, by the names it gives them. */
  readonly pictures: ReadonlyMap<string, Picture>;
  /** Files it took rows and pictures from. */
  readonly data: readonly DataFile[];
}
