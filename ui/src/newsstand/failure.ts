/** Why a sync did not bring everything: one plain sentence, and what to do after it. */
import type { SyncCause, SyncProgress } from "../lib/bindings";
import { shortDate } from "../lib/dates";
import { say, words, type MessageKey } from "../lib/words.svelte";

const sentences: Record<SyncCause, MessageKey> = {
  offline: "sync_failed_offline",
  siteTrouble: "sync_failed_site",
  refused: "sync_failed_refused",
  noIssue: "sync_failed_no_issue",
  notRead: "sync_failed_not_read",
  incomplete: "sync_failed_incomplete",
  libraryFull: "problem_library_full",
  other: "sync_failed",
};

export function failure({ name, problem }: SyncProgress): string {
  const date = problem?.date ? shortDate(problem.date, words.locale) : "";
  return say(sentences[problem?.cause ?? "other"], { name, date, host: problem?.host || name });
}
