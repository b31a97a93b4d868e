/** A problem in one plain sentence, and what to do next in another. */
import type { Problem } from "./backend";
import { say, type MessageKey } from "./words.svelte";

const sentences: Record<Problem["code"], MessageKey> = {
  noSuchIssue: "problem_no_such_issue",
  noSuchArticle: "problem_no_such_article",
  offline: "problem_offline",
  notANewspaper: "problem_not_a_newspaper",
  badAddress: "problem_bad_address",
  libraryFull: "problem_library_full",
  libraryBusy: "problem_library_busy",
  libraryDamaged: "problem_library_damaged",
  libraryNewer: "problem_library_newer",
  pageBroken: "problem_page_broken",
  clipboardClosed: "problem_clipboard",
  notSaved: "problem_not_saved",
  noRegion: "problem_no_region",
  noFont: "problem_no_font",
  cancelled: "problem_cancelled",
  failed: "problem_failed",
};

export function sentence(problem: Problem): string {
  return say(sentences[problem.code]);
}
