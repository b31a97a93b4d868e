/** Every command, in one table: the keys, the sheet of keys, the menus and the palette all read it. */
import { languageNames, locales, say, type Locale, type MessageKey } from "../lib/words.svelte";
import type { Reader } from "../reader/reader.svelte";
import { keyOf } from "../shared/shortcuts";
import type { App } from "./app.svelte";
import { themes } from "./settings.svelte";

/** In the order in which they are shown. */
export const groups = ["group_page", "group_article", "group_zoom", "group_newsstand", "group_view", "group_program"] as const satisfies readonly MessageKey[];
export type Group = (typeof groups)[number];

/** Lists that commands stand on: the menu at the bar's end, which the palette shows too, and those under the pointer. */
export type Menu = "main" | "page" | "region" | "article";

type Entry<Given extends unknown[]> = {
  readonly id: string;
  readonly group: Group;
  /** A message, or what has the same name in every language. */
  readonly name: MessageKey | { readonly text: string; readonly lang: Locale };
  /** As `keyOf` names them; the first is the one that menus print. */
  readonly keys?: readonly string[];
  /** The main menu alone when nothing is said. */
  readonly menus?: readonly Menu[];
  readonly run: (...given: Given) => unknown;
  /** Always, when nothing is said. */
  readonly possible?: (...given: Given) => boolean;
  /** For what is either on or off. */
  readonly on?: (...given: Given) => boolean;
};

type Anywhere = Entry<[app: App]> & { readonly scope: "anywhere" | "newsstand" };
type InReader = Entry<[app: App, reader: Reader]> & { readonly scope: "reader" };

/** How far an arrow key moves a zoomed page, in pixels. */
const panStep = 90;

/** Whose block is meant: the pointed one's, else the open one's. */
const blockOf = (app: App, reader: Reader) => app.menu?.article ?? reader.lit ?? reader.marked;

const isZoomed = (reader: Reader) => reader.percent > 100;

/** A new command is a new entry here; its name goes into the message files. Nothing else needs to know. */
export const table: readonly (Anywhere | InReader)[] = [
  { id: "nextPage", scope: "reader", group: "group_page", name: "next_page", keys: ["j", "PageDown"], menus: ["main", "page"], run: (_, reader) => reader.turn(1), possible: (_, reader) => reader.nextPage !== null },
  { id: "previousPage", scope: "reader", group: "group_page", name: "previous_page", keys: ["k", "PageUp"], menus: ["main", "page"], run: (_, reader) => reader.turn(-1), possible: (_, reader) => reader.previousPage !== null },
  { id: "firstPage", scope: "reader", group: "group_page", name: "first_page", keys: ["Home"], run: (_, reader) => reader.goToEnd("first"), possible: (_, reader) => reader.previousPage !== null },
  { id: "lastPage", scope: "reader", group: "group_page", name: "last_page", keys: ["End"], run: (_, reader) => reader.goToEnd("last"), possible: (_, reader) => reader.nextPage !== null },
  { id: "nextIssue", scope: "reader", group: "group_page", name: "next_issue", keys: ["Alt+ArrowRight"], run: (app) => app.openIssueBeside(1), possible: (_, reader) => reader.issue.nextIssue !== null },
  { id: "previousIssue", scope: "reader", group: "group_page", name: "previous_issue", keys: ["Alt+ArrowLeft"], run: (app) => app.openIssueBeside(-1), possible: (_, reader) => reader.issue.previousIssue !== null },
  { id: "guided", scope: "reader", group: "group_page", name: "guided_start", keys: ["g"], menus: ["main", "page", "region"], run: (_, reader) => reader.guide(), on: (_, reader) => reader.guided !== null },
  { id: "facing", scope: "reader", group: "group_page", name: "facing_toggle", keys: ["d"], menus: ["main", "page"], run: (app) => app.settings.toggleFacing(), on: (app) => app.settings.get("facing") && !app.settings.get("roll") },
  { id: "roll", scope: "reader", group: "group_page", name: "roll_toggle", keys: ["r"], menus: ["main", "page"], run: (app) => app.settings.toggleRoll(), on: (app) => app.settings.get("roll") },
  { id: "rail", scope: "reader", group: "group_page", name: "rail_title", keys: ["b"], menus: ["main", "page"], run: (app) => app.settings.toggleRail(), on: (app) => app.settings.railOpen },
  { id: "fullScreen", scope: "reader", group: "group_page", name: "full_screen", keys: ["f", "F11"], menus: ["main", "page", "region"], run: (app) => app.setAlone(!app.alone), on: (app) => app.alone },
  { id: "savePagePicture", scope: "reader", group: "group_page", name: "share_page_picture", menus: ["main", "page"], run: (_, reader) => reader.share.savePage(), possible: (_, reader) => !reader.share.drawing },

  { id: "openPointed", scope: "reader", group: "group_article", name: "region_open", menus: ["region"], run: (app, reader) => app.menu?.article && reader.open(app.menu.article), possible: (app, reader) => app.menu?.article !== reader.article?.id },
  { id: "nextArticle", scope: "reader", group: "group_article", name: "next_article", keys: ["n", "]"], menus: ["main", "article"], run: (_, reader) => reader.openBeside(1), possible: (_, reader) => reader.beside(1) !== null },
  { id: "previousArticle", scope: "reader", group: "group_article", name: "previous_article", keys: ["p", "["], menus: ["main", "article"], run: (_, reader) => reader.openBeside(-1), possible: (_, reader) => reader.beside(-1) !== null },
  { id: "scrollOn", scope: "reader", group: "group_article", name: "keys_scroll_on", keys: ["Space"], menus: [], run: (_, reader) => reader.scrollOn(0.85) },
  { id: "scrollBack", scope: "reader", group: "group_article", name: "keys_scroll_back", keys: ["Shift+Space"], menus: [], run: (_, reader) => reader.scrollOn(-0.85) },
  { id: "textLarger", scope: "reader", group: "group_article", name: "text_larger", keys: ["."], menus: ["main", "article"], run: (app) => app.settings.textLarger() },
  { id: "textSmaller", scope: "reader", group: "group_article", name: "text_smaller", keys: [","], menus: ["main", "article"], run: (app) => app.settings.textSmaller() },
  { id: "copyArticle", scope: "reader", group: "group_article", name: "share_text", keys: ["c"], menus: ["main", "article"], run: (_, reader) => reader.share.copy("text"), possible: (_, reader) => reader.article !== null },
  { id: "copyCitation", scope: "reader", group: "group_article", name: "share_citation", menus: ["main", "article"], run: (_, reader) => reader.share.copy("citation"), possible: (_, reader) => reader.article !== null },
  { id: "saveArticlePicture", scope: "reader", group: "group_article", name: "share_article_picture", keys: ["s"], menus: ["main", "article"], run: (_, reader) => reader.share.saveArticle(), possible: (_, reader) => reader.article !== null && !reader.share.drawing },
  { id: "closeArticle", scope: "reader", group: "group_article", name: "article_close", menus: ["main", "article"], run: (_, reader) => reader.close(), possible: (_, reader) => reader.article !== null },

  { id: "zoomIn", scope: "reader", group: "group_zoom", name: "zoom_in", keys: ["+", "=", "Ctrl++", "Ctrl+="], menus: ["main", "page", "region"], run: (_, reader) => reader.controls?.zoom(1) },
  { id: "zoomOut", scope: "reader", group: "group_zoom", name: "zoom_out", keys: ["-", "Ctrl+-"], menus: ["main", "page", "region"], run: (_, reader) => reader.controls?.zoom(-1) },
  { id: "zoomDefault", scope: "reader", group: "group_zoom", name: "zoom_default_label", keys: ["0", "Ctrl+0"], menus: ["main", "page", "region"], run: (_, reader) => reader.controls?.whole() },
  { id: "fitWidth", scope: "reader", group: "group_zoom", name: "fit_width", keys: ["w"], menus: ["main", "page"], run: (_, reader) => reader.controls?.width() },
  { id: "printSize", scope: "reader", group: "group_zoom", name: "print_size", keys: ["1"], menus: ["main", "page"], run: (_, reader) => reader.controls?.print() },
  { id: "fitBlock", scope: "reader", group: "group_zoom", name: "fit_block", keys: ["2"], menus: ["main", "region"], run: (app, reader) => reader.controls?.block(blockOf(app, reader) ?? ""), possible: (app, reader) => blockOf(app, reader) !== null },
  { id: "minimap", scope: "reader", group: "group_zoom", name: "minimap_toggle", keys: ["m"], run: (app) => app.settings.set("minimap", !app.settings.get("minimap")), on: (app) => app.settings.get("minimap") },
  { id: "panLeft", scope: "reader", group: "group_zoom", name: "keys_pan_left", keys: ["ArrowLeft"], menus: [], run: (_, reader) => (isZoomed(reader) ? reader.controls?.pan(-panStep, 0) : reader.turn(-1)) },
  { id: "panRight", scope: "reader", group: "group_zoom", name: "keys_pan_right", keys: ["ArrowRight"], menus: [], run: (_, reader) => (isZoomed(reader) ? reader.controls?.pan(panStep, 0) : reader.turn(1)) },
  { id: "panUp", scope: "reader", group: "group_zoom", name: "keys_pan_up", keys: ["ArrowUp"], menus: [], run: (_, reader) => (isZoomed(reader) || reader.rolled ? reader.controls?.pan(0, -panStep) : reader.scrollText?.(-0.1)) },
  { id: "panDown", scope: "reader", group: "group_zoom", name: "keys_pan_down", keys: ["ArrowDown"], menus: [], run: (_, reader) => (isZoomed(reader) || reader.rolled ? reader.controls?.pan(0, panStep) : reader.scrollText?.(0.1)) },

  { id: "toNewsstand", scope: "reader", group: "group_newsstand", name: "back_to_newsstand", keys: ["h"], run: (app) => app.toNewsstand() },
  { id: "continueReading", scope: "newsstand", group: "group_newsstand", name: "continue_reading", keys: ["h"], run: (app) => app.continueReading(), possible: (app) => app.stand.continueReading !== null },
  { id: "syncAll", scope: "anywhere", group: "group_newsstand", name: "sync_all", keys: ["F5", "Ctrl+r"], run: (app) => app.stand.sync(null), possible: (app) => !app.stand.busy && app.stand.publications.length > 0 },
  { id: "stopSync", scope: "anywhere", group: "group_newsstand", name: "sync_stop", run: (app) => app.stand.cancelSync(), possible: (app) => app.stand.syncing },
  { id: "addNewspaper", scope: "newsstand", group: "group_newsstand", name: "add_title", keys: ["a"], run: (app) => (app.sheet = "add") },

  ...themes.map((theme): Anywhere => ({ id: `theme-${theme}`, scope: "anywhere", group: "group_view", name: `theme_${theme}`, run: (app) => app.settings.set("theme", theme), on: (app) => app.settings.theme === theme })),
  { id: "scaleLarger", scope: "anywhere", group: "group_view", name: "scale_larger", keys: ["Ctrl+Shift++", "Ctrl+Shift+="], run: (app) => app.settings.scaleBeside(1) },
  { id: "scaleSmaller", scope: "anywhere", group: "group_view", name: "scale_smaller", keys: ["Ctrl+Shift+-", "Ctrl+Shift+_"], run: (app) => app.settings.scaleBeside(-1) },
  { id: "scaleDefault", scope: "anywhere", group: "group_view", name: "scale_default", keys: ["Ctrl+Shift+0", "Ctrl+Shift+)"], run: (app) => app.settings.set("scale", 100) },
  ...locales.map((locale): Anywhere => ({ id: `language-${locale}`, scope: "anywhere", group: "group_view", name: { text: languageNames[locale], lang: locale }, run: (app) => app.settings.setLocale(locale), on: (app) => app.settings.locale === locale })),

  { id: "palette", scope: "anywhere", group: "group_program", name: "palette_title", keys: ["Ctrl+k", "Ctrl+Shift+p"], run: (app) => (app.sheet = "palette") },
  { id: "menu", scope: "anywhere", group: "group_program", name: "menu_title", keys: ["F10"], menus: [], run: (app) => app.openMenu() },
  { id: "settings", scope: "anywhere", group: "group_program", name: "settings_title", keys: ["Ctrl+,"], run: (app) => (app.sheet = "settings") },
  { id: "help", scope: "anywhere", group: "group_program", name: "keys_title", keys: ["?", "F1"], run: (app) => (app.sheet = "keys") },
  { id: "back", scope: "anywhere", group: "group_program", name: "keys_back", keys: ["Escape"], menus: [], run: (app) => app.back() },
];

/** A command as it stands at this moment. */
export type Command = Pick<Entry<[]>, "id" | "group" | "name"> & {
  readonly keys: readonly string[];
  readonly menus: readonly Menu[];
  readonly possible: boolean;
  /** Nothing for what is neither on nor off. */
  readonly on: boolean | undefined;
  readonly run: () => void;
};

/** The words of a command's name. */
export function nameOf(name: Command["name"]): string {
  return typeof name === "string" ? say(name) : name.text;
}

/** What can be commanded on the open screen, with what is impossible just now. */
export function commandsHere(app: App): Command[] {
  const { reader } = app;
  return table.flatMap((entry) => {
    if (entry.scope !== "reader") return entry.scope === "newsstand" && reader ? [] : [asItStands(entry, app)];
    return reader ? [asItStands(entry, app, reader)] : [];
  });
}

function asItStands<Given extends unknown[]>({ id, group, name, keys = [], menus = ["main"], ...entry }: Entry<Given>, ...given: Given): Command {
  return {
    id,
    group,
    name,
    keys,
    menus,
    possible: entry.possible?.(...given) ?? true,
    on: entry.on?.(...given),
    run: () => void entry.run(...given),
  };
}

/** Whether the focus came where it is by the pointer: then the space bar goes on reading instead of pressing it again. */
let pointed = false;

export function focusMoved(byPointer: boolean): void {
  pointed = byPointer;
}

/** Runs the command of a key press, unless the key belongs to what has the focus. */
export function runKey(app: App, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || belongsToFocus(event)) return;
  const key = keyOf(event);
  const command = commandsHere(app).find(({ keys }) => keys.includes(key));
  if (!command) return;
  event.preventDefault();
  if (app.reader?.guided?.takes(command.id)) return;
  if (command.possible) command.run();
}

function belongsToFocus({ target, key }: KeyboardEvent): boolean {
  // An open sheet keeps the keys to itself, Escape included, even when nothing in it has the focus.
  if (document.querySelector("dialog[open]")) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("input, textarea, select, [contenteditable]")) return key !== "Escape";
  return key === " " && target.matches("button, summary, a") && !pointed;
}
