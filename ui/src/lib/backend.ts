/** Calls to the shell as plain promises, and the addresses of its pictures. */
import { commands, events, type AppError, type FileDrag, type SyncProgress, type TrackpadPinch, type Wanted } from "./bindings";

type Result<T> = { status: "ok"; data: T } | { status: "error"; error: AppError };

/** How large a whole page is drawn, in pixels. */
export type PageSize = { readonly width: number; readonly height: number };

/** What a command answered when it could not do what was asked. */
export class Problem extends Error {
  readonly code: AppError["code"];
  readonly detail: string;

  constructor(error: AppError) {
    super(error.detail);
    this.code = error.code;
    this.detail = error.detail;
  }

  /** Whatever was thrown, as a problem that has words. */
  static from(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown;
    return new Problem({ code: "failed", detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

async function unwrap<T>(call: Promise<Result<T>>): Promise<T> {
  const result = await call;
  if (result.status === "error") throw new Problem(result.error);
  return result.data;
}

export const backend = {
  start: () => unwrap(commands.start()),
  saveSettings: (...args: Parameters<typeof commands.saveSettings>) => unwrap(commands.saveSettings(...args)),
  newsstand: () => unwrap(commands.newsstand()),
  look: (url: string) => unwrap(commands.look(url)),
  addPublication: (url: string) => unwrap(commands.addPublication(url)),
  addSample: () => unwrap(commands.addSample()),
  removePublication: (id: string) => unwrap(commands.removePublication(id)),
  removeIssue: (publication: string, date: string) => unwrap(commands.removeIssue(publication, date)),
  restoreIssue: (publication: string, date: string) => unwrap(commands.restoreIssue(publication, date)),
  calendar: (publication: string, month: string) => unwrap(commands.calendar(publication, month)),
  askCalendar: (publication: string, month: string) => unwrap(commands.askCalendar(publication, month)),
  sync: (publication: string | null, wanted: Wanted) => unwrap(commands.sync(publication, wanted)),
  cancelSync: () => unwrap(commands.cancelSync()),
  catalogue: (query: string) => commands.catalogue(query),
  openIssue: (publication: string, date: string) => unwrap(commands.openIssue(publication, date)),
  openSheet: (publication: string, date: string, page: string) => unwrap(commands.openSheet(publication, date, page)),
  wantPages: (...args: Parameters<typeof commands.wantPages>) => unwrap(commands.wantPages(...args)),
  readArticle: (id: string) => unwrap(commands.readArticle(id)),
  savePlace: (...args: Parameters<typeof commands.savePlace>) => unwrap(commands.savePlace(...args)),
  copyArticle: (...args: Parameters<typeof commands.copyArticle>) => unwrap(commands.copyArticle(...args)),
  saveArticlePicture: (id: string) => unwrap(commands.saveArticlePicture(id)),
  savePagePicture: (publication: string, date: string, page: string) => unwrap(commands.savePagePicture(publication, date, page)),
  openSavedPictures: () => unwrap(commands.openSavedPictures()),
  openInBrowser: (url: string) => unwrap(commands.openInBrowser(url)),
  onTrackpadPinch: (tell: (pinch: TrackpadPinch) => void) => events.trackpadPinch.listen((event) => tell(event.payload)),
  onSyncProgress: (tell: (progress: SyncProgress) => void) => events.syncProgress.listen((event) => tell(event.payload)),
  onFileDrag: (tell: (drag: FileDrag) => void) => events.fileDrag.listen((event) => tell(event.payload)),
};

/** Addresses of pictures under the shell's `page://`, in the colours that pages have now. */
export class Pictures {
  readonly #base: string;
  readonly #night: () => boolean;

  constructor(base: string, night: () => boolean) {
    this.#base = base.replace(/\/$/, "");
    this.#night = night;
  }

  /** Whether pages are dark. What is shown in parts asks once, so that all its parts are of one colour. */
  get night(): boolean {
    return this.#night();
  }

  preview(publication: string, date: string, page: string, night = this.night): string {
    return `${this.#page(publication, date, page, night)}/preview`;
  }

  /** The same picture among many: what is being read is drawn before these. */
  cover(publication: string, date: string, page: string): string {
    return `${this.#page(publication, date, page, this.night)}/cover`;
  }

  /** A smaller one, for the list of an issue's pages. */
  thumbnail(publication: string, date: string, page: string): string {
    return `${this.#page(publication, date, page, this.night)}/thumbnail`;
  }

  tile(publication: string, date: string, page: string, size: PageSize, x: number, y: number, night = this.night): string {
    return `${this.#page(publication, date, page, night)}/tile/${size.width}x${size.height}/${x}/${y}`;
  }

  inArticle(article: string, picture: number): string {
    return `${this.#base}/article/${encodeURIComponent(article)}/picture/${picture}`;
  }

  #page(publication: string, date: string, page: string, night: boolean): string {
    const address = `${this.#base}/${encodeURIComponent(publication)}/${encodeURIComponent(date)}/${encodeURIComponent(page)}`;
    return night ? `${address}/night` : address;
  }
}
