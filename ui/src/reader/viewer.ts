/** The page's picture on the desk: the only file that knows OpenSeadragon. */
import OpenSeadragon from "openseadragon";
import type { Sheet } from "../lib/bindings";
import { mostZoom, percent, tileLevels, type Rect } from "./geometry";
import { distance, extent, pageInSight, spots, type Span, type Spot } from "./layout";
import type { PageSize } from "../lib/backend";
import { density } from "../shared/density";
import { decoded } from "./previews";

// The drawer's canvas has as many pixels as the screen has, also where the window is scaled.
const drawer = OpenSeadragon as unknown as { getCurrentPixelDensityRatio: () => number; pixelDensityRatio: number };
drawer.getCurrentPixelDensityRatio = density;

/** Where the pictures of one page come from; a page that has not been fetched has none and keeps its place empty. */
export type PagePictures = {
  readonly number: string;
  readonly width: number;
  readonly height: number;
  readonly pictures: Pictures | null;
};

type Pictures = {
  readonly preview: () => Promise<HTMLImageElement>;
  readonly sheet: () => Promise<Sheet>;
  /** Once this is done the shell knows that the page is looked at, and drops no tile of it. */
  readonly told: () => Promise<unknown>;
  /** A tile of the whole page drawn so large. */
  readonly tile: (size: PageSize, x: number, y: number) => string;
};

export type Sharpness = "preview" | "sharp";

/** How the pages are fitted to the desk; `free` when the reader chose the zoom. */
export type Fit = "page" | "width" | "print" | "free";

/**
 * What of the pages was seen: how large, as a multiple of the whole, and what was in the middle, as fractions of all that
 * lies open, which of a roll is the page being read.
 */
export type View = { readonly fit: Fit; readonly factor: number; readonly x: number; readonly y: number };

/** Where a page is in the viewer, in CSS pixels. */
export type Place = Rect & { readonly number: string };

export type ViewerEvents = {
  /** Every frame in which the pages moved: where those are that lie on the desk or near it. */
  moved(pages: Place[]): void;
  /** The movement ended. */
  rested(): void;
  /** The desk became larger or smaller: the page moved although nobody moved it. */
  resized(): void;
  clicked(x: number, y: number, finger: boolean): void;
  /** A finger pushed a whole page aside. */
  swiped(step: 1 | -1): void;
  /** Other pages are about to take the place of what this picture shows; nothing where they are to be there at once. */
  readonly turning: ((before: HTMLCanvasElement) => void) | null;
  shown(numbers: string[], sharpness: Sharpness): void;
  /** Whether what is seen is drawn for exactly the size that it has. */
  exact(exact: boolean): void;
  /** Of a roll: which pages lie on the desk or near it now, and whether what is seen is sharp. */
  rolled(numbers: string[], sharpness: Sharpness): void;
  /** Of a roll: another page is being read. */
  passed(number: string): void;
  /** The sharp sheet did not open; `preview` tells whether there is at least the small picture. */
  failed(number: string, preview: boolean): void;
  /** The file of this page's picture ends before the picture does. */
  cutShort(number: string): void;
};

/** A page as it lies on the desk, as wide as one of OpenSeadragon's units. */
type Leaf = {
  readonly page: PagePictures;
  at: Spot;
  aspect: number;
  /** Of a roll: how far its pictures are; they come when it comes near, and go when it is far. */
  state: "away" | "coming" | "here";
  /** Counts the times that they were asked for or dropped: what came too late is told by it. */
  comings: number;
  sharp: boolean;
  sheet: Sheet | null;
  preview: OpenSeadragon.TiledImage | null;
  /** What is shown upon the preview; the last is the newest. */
  tiles: OpenSeadragon.TiledImage[];
  /** The fitted page's width, in the screen's pixels, that the tiles shown were drawn for. */
  drawnFor: number;
  drawing: number;
  /** What is being drawn, and for which width. */
  pending: { readonly fit: number; readonly done: Promise<boolean> } | null;
};

/** Air between the page and the edges of the desk. */
const margin = 14;
/** How long a page waits for its sheet's exact shape before its preview is shown in the shape that the site told. */
const shapePatience = 80;
/** After this long the sharp tiles are shown as they come, instead of all at once. */
const sharpPatience = 900;
/** What is still changing its size is not drawn for yet. */
const resizePatience = 200;
/** Pictures of a roll's pages come when these are so many of the desk's heights away, go beyond so many, and so many at once. */
const near = 1.2;
const far = 3;
const mostComing = 2;
/** A page of a roll that is further away than so many desks is jumped to. */
const glideReach = 2.5;

/** The speed of a page that glides falls to a third in this time, in seconds; at so many pixels a second it rests. */
const glideFade = 0.3;
const glideEnd = 20;
/** No hand means more than this, and what is slower than this was let go at rest; pixels a second. */
const glideMost = 6000;
const glideLeast = 80;
/** Tiles that are kept decoded. */
const mostTiles = 120;
/** How high a broadsheet is, in CSS pixels: 520 mm. */
const broadsheet = 1965;

/** A picture already here, stretched to the page's exact shape, so that preview and sheet lie upon each other. */
class HeldPicture extends OpenSeadragon.TileSource {
  readonly #picture: HTMLImageElement;

  constructor(picture: HTMLImageElement, aspect: number) {
    const width = 8192;
    super({ width, height: Math.round(width * aspect), tileSize: width * 4, minLevel: 0, maxLevel: 0 });
    this.#picture = picture;
  }

  override getTileUrl(): string {
    return this.#picture.src;
  }

  override downloadTileStart(job: OpenSeadragon.ImageJob): void {
    // OpenSeadragon's types miss the job's `finish`, which its documentation asks for.
    (job as unknown as { finish(data: unknown, request: null, type: string): void }).finish(this.#picture, null, "image");
  }
}

/** A sheet's tiles, as the shell draws them; those that are here already are not asked for again. */
class SheetTiles extends OpenSeadragon.TileSource {
  readonly #addressOf: (level: number, x: number, y: number) => string;
  readonly #held: ReadonlyMap<string, HTMLImageElement>;

  constructor(levels: readonly PageSize[], tileSize: number, tile: Pictures["tile"], held: ReadonlyMap<string, HTMLImageElement>) {
    const { width, height } = levels.at(-1) as PageSize;
    super({ width, height, tileSize, tileOverlap: 0, minLevel: 0, maxLevel: levels.length - 1 });
    this.#addressOf = (level, x, y) => tile(levels[level] as PageSize, x, y);
    this.#held = held;
  }

  override getTileUrl(level: number, x: number, y: number): string {
    return this.#addressOf(level, x, y);
  }

  override downloadTileStart(job: OpenSeadragon.ImageJob): void {
    const { src, finish } = job as unknown as { src: string; finish(data: unknown, request: null, type: string): void };
    const held = this.#held.get(src);
    if (held) finish.call(job, held, null, "image");
    else super.downloadTileStart(job);
  }
}

export class Viewer {
  readonly #osd: OpenSeadragon.Viewer;
  readonly #events: ViewerEvents;
  readonly #still: boolean;
  readonly #resizes: ResizeObserver;
  #leaves: Leaf[] = [];
  #turn = 0;
  #fit: Fit = "page";
  #pressed: { x: number; y: number } | null = null;
  #resizing: ReturnType<typeof setTimeout> | undefined;
  #gliding = 0;
  /** All pages lie below each other, and this one of them is being read. */
  #rolled = false;
  #open = 0;
  #told = "";
  #coming = new Set<Leaf>();
  #redrawing = 0;
  /** Tiles of pages that may be turned to, by their addresses. */
  #held = new Map<string, HTMLImageElement>();
  #holding = 0;

  constructor(element: HTMLElement, events: ViewerEvents, still: boolean) {
    this.#events = events;
    this.#still = still;
    drawer.pixelDensityRatio = density();
    const gestures = { clickToZoom: false, dblClickToZoom: false, scrollToZoom: false, pinchRotate: false, flickEnabled: false };
    this.#osd = new OpenSeadragon.Viewer({
      element,
      // The WebGL drawer is blank or slow in WebKit.
      drawer: "canvas",
      showNavigationControl: false,
      animationTime: still ? 0 : 0.18,
      springStiffness: 7,
      blendTime: 0,
      immediateRender: true,
      // At exactly a half, a fitted page would be drawn from tiles of twice its size, and shrunk.
      minPixelRatio: 0.51,
      // Its own way of keeping a view through a resize undoes a whole page (see #resized).
      autoResize: false,
      // The first picture on an empty desk would be shown whole.
      preserveViewport: true,
      imageLoaderLimit: 4,
      maxTilesPerFrame: 4,
      maxImageCacheCount: mostTiles,
      clickTimeThreshold: 600,
      clickDistThreshold: 6,
      gestureSettingsMouse: gestures,
      gestureSettingsPen: gestures,
      gestureSettingsTouch: { ...gestures, pinchToZoom: true },
    });
    // What may be seen is told by #go; OpenSeadragon would keep to the pictures that happen to be there.
    this.#osd.viewport.applyConstraints = () => this.#osd.viewport;
    // Keys are the program's own (app/commands.ts), whatever has the focus.
    const tracker = (this.#osd as unknown as { innerTracker: Record<string, unknown> }).innerTracker;
    tracker["keyDownHandler"] = null;
    tracker["keyHandler"] = null;
    this.#osd.canvas.removeAttribute("tabindex");

    this.#osd.addHandler("viewport-change", () => this.#moved());
    this.#osd.addHandler("animation-finish", () => this.#rested());
    this.#resizes = new ResizeObserver(() => this.#resized());
    this.#resizes.observe(element);
    this.#osd.addHandler("canvas-press", ({ position }) => {
      this.#gliding++;
      this.#pressed = { x: position.x, y: position.y };
    });
    this.#osd.addHandler("canvas-drag", (event) => {
      event.preventDefaultAction = true;
      this.#pan(-event.delta.x, -event.delta.y, true);
    });
    this.#osd.addHandler("canvas-pinch", (event) => {
      event.preventDefaultPanAction = true;
      event.preventDefaultZoomAction = true;
      this.#pinched(event.distance / event.lastDistance, event.center, event.lastCenter);
    });
    this.#osd.addHandler("canvas-click", ({ quick, position, originalEvent }) => {
      if (quick) this.#events.clicked(position.x, position.y, (originalEvent as PointerEvent).pointerType === "touch");
    });
    this.#osd.addHandler("canvas-drag-end", ({ position, pointerType, speed, direction }) => {
      this.#pressed = pointerType === "touch" ? this.#pressed : null;
      if (this.#pressed && this.#fit === "page" && !this.#rolled) this.#swiped(position.x, position.y);
      else if (speed > glideLeast) this.#glide(Math.min(speed, glideMost), direction);
    });
  }

  destroy(): void {
    this.#turn++;
    this.#holding++;
    this.#gliding++;
    clearTimeout(this.#resizing);
    this.#resizes.disconnect();
    this.#osd.destroy();
  }

  /**
   * Lays all pages below each other, this one first on the desk. Those near it get their pictures now, the others when
   * they come near.
   */
  unroll(pages: readonly PagePictures[], open: string, view: View | null): void {
    this.#turn++;
    const before = this.#items();
    if (before.length > 0) this.#events.turning?.(this.#copy());
    for (const item of before) this.#osd.world.removeItem(item);
    this.#rolled = true;
    this.#told = "";
    this.#coming = new Set();
    this.#leaves = pages.map((page) => leafOf(page, page.height / page.width, "away"));
    this.#open = Math.max(0, pages.findIndex(({ number }) => number === open));
    this.#lay();
    this.#restore(view ?? { fit: "width", factor: 1, x: 0.5, y: 0 });
  }

  /**
   * Shows a page, or two side by side, in place of what was there: their previews at once, the sharp sheets upon them
   * when those are ready. Without a view to return to they are shown whole.
   */
  async show(pages: readonly PagePictures[], view: View | null): Promise<void> {
    const turn = ++this.#turn;
    const stale = () => turn !== this.#turn;
    const found = await Promise.all(pages.map(firstPictures));
    if (stale()) return;

    const before = this.#items();
    const leaves = pages.map((page, index) => {
      const { sheet } = found[index] as (typeof found)[number];
      const leaf = leafOf(page, sheet ? sheet.height / sheet.width : page.height / page.width, "here");
      return Object.assign(leaf, { at: { x: index, y: 0 }, sheet });
    });
    const fit = this.#wholePixels(leaves);
    // From another zoom, OpenSeadragon would ask for tiles of that one first.
    const turned = (!view || view.fit === "page") && fit === Math.round(this.#osd.viewport.getZoom(true) * this.#size().width * density());
    await Promise.all(
      leaves.map(async (leaf, index) => {
        const picture = found[index]?.picture;
        // In this order: the tiles lie upon the preview.
        const preview = picture ? this.#add(new HeldPicture(picture, leaf.aspect), leaf) : null;
        const tiles = turned ? this.#addHeld(leaf, fit) : null;
        leaf.preview = await preview;
        await tiles;
      }),
    );
    const pictures = leaves.flatMap(({ preview, tiles }) => [...(preview ? [preview] : []), ...tiles]);
    await Promise.race([this.#here(pictures), after(sharpPatience)]);
    if (stale()) {
      for (const picture of pictures) this.#osd.world.removeItem(picture);
      return;
    }
    if (before.length > 0) this.#events.turning?.(this.#copy());
    this.#rolled = false;
    this.#leaves = leaves;
    for (const picture of pictures) picture.setOpacity(1);
    for (const leaf of leaves) if (leaf.sharp) this.#coverPreview(leaf, true);
    for (const item of before) this.#osd.world.removeItem(item);
    this.#restore(view);
    this.#paint();
    const numbers = pages.map(({ number }) => number);
    this.#events.shown(numbers, "preview");

    const drawn = await Promise.all(leaves.map((leaf) => this.#sharpen(leaf, stale)));
    if (!stale() && drawn.some(Boolean)) this.#events.shown(numbers, "sharp");
  }

  /**
   * Has the tiles here that these pages will be shown with when they are turned to: then they are sharp at once. What
   * was held for others goes.
   */
  async hold(pages: readonly PagePictures[]): Promise<void> {
    const holding = ++this.#holding;
    const sheets = await Promise.all(pages.map(({ pictures }) => pictures?.sheet().catch(() => null) ?? null));
    await pages[0]?.pictures?.told();
    if (holding !== this.#holding || this.#rolled) return;
    const wanted = pages.flatMap(({ pictures }, index) => {
      const sheet = sheets[index];
      if (!pictures || !sheet) return [];
      // Side by side lie as many as do now.
      const beside = Array.from({ length: this.#across }, () => ({ aspect: sheet.height / sheet.width }));
      return tilesOf(pictures, sheet, this.#wholePixels(beside));
    });
    const before = this.#held;
    this.#held = new Map();
    for (const address of wanted) {
      const picture = before.get(address) ?? (await decoded(address).catch(() => null));
      if (holding !== this.#holding) return;
      if (picture) this.#held.set(address, picture);
    }
  }

  /** Adds a sheet's tiles for a page so many of the screen's pixels wide, if they are held. */
  async #addHeld(leaf: Leaf, fit: number): Promise<void> {
    const { sheet, page } = leaf;
    const { pictures } = page;
    if (!pictures || !sheet) return;
    const addresses = tilesOf(pictures, sheet, fit);
    if (addresses.length === 0 || !addresses.every((address) => this.#held.has(address))) return;
    leaf.tiles.push(await this.#add(new SheetTiles(tileLevels(fit, sheet), sheet.tileSize, pictures.tile, this.#held), leaf));
    leaf.drawnFor = fit;
    leaf.sharp = true;
  }

  /** Waits until these are loaded. OpenSeadragon looks once a frame; what is held already need not wait for that. */
  async #here(pictures: readonly OpenSeadragon.TiledImage[]): Promise<void> {
    const mostLooks = 12;
    for (let look = 0; look < mostLooks && !pictures.every((picture) => picture.getFullyLoaded()); look++) {
      this.#osd.world.update(true);
      await nextTask();
    }
    await Promise.all(pictures.map(fullyLoaded));
  }

  /** Paints the desk now, and not in OpenSeadragon's next frame. */
  #paint(): void {
    this.#osd.world.update(true);
    this.#osd.world.draw();
  }

  /** Opens a page's sheet and draws it; whether there was one. */
  async #sharpen(leaf: Leaf, stale: () => boolean): Promise<boolean> {
    if (!leaf.page.pictures) return false;
    try {
      const sheet = await leaf.page.pictures.sheet();
      if (stale()) return false;
      this.#learn(leaf, sheet);
      if (sheet.cutShort) this.#events.cutShort(leaf.page.number);
      if (this.#rolled) this.#limit();
      else if (this.#fit === "page") this.whole(true);
      else if (this.#fit === "print") this.printSize(true);
      else this.#limit();
      return await this.#drawn(leaf, sheet, stale);
    } catch {
      if (!stale()) this.#events.failed(leaf.page.number, leaf.preview !== null);
      return false;
    }
  }

  /** A page's sheet tells its exact shape. In a roll, what is being read stays where it is. */
  #learn(leaf: Leaf, sheet: Sheet): void {
    leaf.sheet = sheet;
    const aspect = sheet.height / sheet.width;
    if (Math.abs(aspect - leaf.aspect) < 1e-9) return;
    leaf.aspect = aspect;
    if (!this.#rolled) return;
    const before = this.#leaves[this.#open]?.at.y ?? 0;
    this.#lay();
    const by = (this.#leaves[this.#open]?.at.y ?? 0) - before;
    if (by === 0) return;
    (this.#osd.viewport as unknown as { centerSpringY: { shiftBy(by: number): void } }).centerSpringY.shiftBy(by);
    this.#osd.forceRedraw();
    this.#moved();
  }

  /** Puts every page of a roll where it belongs, at whole pixels of the screen for the zoom that is being gone to. */
  #lay(): void {
    if (!this.#rolled) return;
    const pixels = this.#size().width * this.#osd.viewport.getZoom(false) * density();
    for (const [index, at] of spots(this.#leaves.map(({ aspect }) => aspect), true, 1 / pixels).entries()) {
      const leaf = this.#leaves[index] as Leaf;
      leaf.at = at;
      for (const item of [leaf.preview, ...leaf.tiles]) item?.setPosition(new OpenSeadragon.Point(at.x, at.y), true);
    }
  }

  /** Which part of the roll is seen, or is being moved to. */
  #seen(): Span {
    const { width, height } = this.#size();
    const seen = height / width / this.#osd.viewport.getZoom(false);
    return { top: this.#osd.viewport.getCenter(false).y - seen / 2, height: seen };
  }

  /** Brings the pictures of a roll's pages that came near, the nearest first, and drops those that are far. */
  #tend(): void {
    if (!this.#rolled) return;
    const seen = this.#seen();
    const away = (leaf: Leaf) => distance({ top: leaf.at.y, height: leaf.aspect }, seen);
    for (const leaf of this.#leaves) if (leaf.state !== "away" && away(leaf) > far) this.#dismiss(leaf);
    const wanted = this.#leaves.filter((leaf) => leaf.page.pictures && leaf.state === "away" && away(leaf) <= near);
    wanted.sort((a, b) => away(a) - away(b));
    for (const leaf of wanted.slice(0, mostComing - this.#coming.size)) void this.#bring(leaf);

    const spans = this.#leaves.map((leaf) => ({ top: leaf.at.y, height: leaf.aspect }));
    const open = pageInSight(spans, seen, this.#open);
    const told = this.#leaves.filter((leaf) => away(leaf) <= near);
    const inSight = told.filter((leaf) => away(leaf) === 0 && leaf.page.pictures);
    const state = inSight.every(({ sharp }) => sharp) ? "sharp" : inSight.every((leaf) => leaf.state === "here") ? "preview" : "coming";
    const numbers = told.map(({ page }) => page.number);
    const news = [state, ...numbers].join();
    const passed = open !== this.#open;
    this.#open = open;
    if (news !== this.#told) {
      this.#told = news;
      if (state !== "coming") this.#events.rolled(numbers, state);
      this.#moved();
    }
    if (passed) this.#events.passed((this.#leaves[open] as Leaf).page.number);
  }

  async #bring(leaf: Leaf): Promise<void> {
    const coming = this.#coming;
    const turn = this.#turn;
    const comings = ++leaf.comings;
    const stale = () => turn !== this.#turn || comings !== leaf.comings;
    leaf.state = "coming";
    coming.add(leaf);
    try {
      const { sheet, picture } = await firstPictures(leaf.page);
      if (stale()) return;
      if (sheet) this.#learn(leaf, sheet);
      if (picture) {
        const preview = await this.#add(new HeldPicture(picture, leaf.aspect), leaf);
        if (this.#isSeen(leaf)) await Promise.race([fullyLoaded(preview), after(sharpPatience)]);
        if (stale()) {
          this.#osd.world.removeItem(preview);
          return;
        }
        leaf.preview = preview;
        preview.setPosition(new OpenSeadragon.Point(leaf.at.x, leaf.at.y), true);
        preview.setOpacity(1);
      }
      leaf.state = "here";
      this.#tend();
      await this.#sharpen(leaf, stale);
    } finally {
      coming.delete(leaf);
      if (turn === this.#turn) this.#tend();
    }
  }

  /** Drops a page's pictures. */
  #dismiss(leaf: Leaf): void {
    leaf.comings++;
    leaf.drawing++;
    leaf.pending = null;
    leaf.state = "away";
    leaf.sharp = false;
    leaf.drawnFor = 0;
    for (const item of [leaf.preview, ...leaf.tiles.splice(0)]) if (item) this.#osd.world.removeItem(item);
    leaf.preview = null;
    this.#coming.delete(leaf);
  }

  /**
   * The sheet's tiles for this screen's pixels, upon what is shown. The tiles before them go when these are all here,
   * so that nothing flashes.
   */
  async #drawn(leaf: Leaf, sheet: Sheet, stale: () => boolean): Promise<boolean> {
    const fit = this.#pixels(sheet);
    if (leaf.pending?.fit === fit) return leaf.pending.done;
    // Twice as large, four times: those tiles are among these.
    const shown = leaf.tiles.at(-1);
    if (shown && leaf.drawnFor > 0 && Number.isInteger(Math.log2(fit / leaf.drawnFor)) && fit >= leaf.drawnFor) {
      await this.#onScreen(shown, leaf, stale);
      return !stale();
    }
    const pending = { fit, done: this.#draw(leaf, sheet, fit, stale) };
    leaf.pending = pending;
    try {
      return await pending.done;
    } finally {
      if (leaf.pending === pending) leaf.pending = null;
    }
  }

  async #draw(leaf: Leaf, sheet: Sheet, fit: number, stale: () => boolean): Promise<boolean> {
    const { pictures } = leaf.page;
    if (!pictures) return true;
    const drawing = ++leaf.drawing;
    const outdated = () => stale() || drawing !== leaf.drawing;
    await pictures.told();
    if (outdated()) return false;
    const source = new SheetTiles(tileLevels(fit, sheet), sheet.tileSize, pictures.tile, this.#held);
    // Of what was begun for other sizes nothing will be seen; only what was painted stays below until this is.
    for (const unfinished of leaf.tiles.splice(leaf.drawnFor > 0 ? 1 : 0)) this.#osd.world.removeItem(unfinished);
    const sharp = await this.#add(source, leaf);
    // Of what is out of sight nothing is loaded, and nothing needs to be waited for.
    if (this.#isSeen(leaf)) await Promise.race([fullyLoaded(sharp), after(sharpPatience)]);
    if (outdated()) {
      this.#osd.world.removeItem(sharp);
      return false;
    }
    leaf.tiles.push(sharp);
    sharp.setOpacity(1);
    await this.#onScreen(sharp, leaf, outdated);
    if (outdated()) return false;
    this.#coverPreview(leaf, this.#isWhole(leaf));
    // What lies under it is the preview, which stays, and tiles for another size of the desk, which go.
    for (const before of leaf.tiles.splice(0, leaf.tiles.indexOf(sharp))) this.#osd.world.removeItem(before);
    leaf.drawnFor = fit;
    leaf.sharp = true;
    return true;
  }

  /** How wide a page is, or will be when it rests, in the screen's pixels; enlarged beyond its own, as when it is whole. */
  #pixels(sheet: Sheet): number {
    const width = this.#size().width * density();
    const shown = Math.round(this.#osd.viewport.getZoom(false) * width);
    return shown <= sheet.width ? shown : this.#wholePixels(this.#leaves);
  }

  /** How wide a page is, in the screen's pixels, when these are seen whole, side by side or in a roll. */
  #wholePixels(leaves: readonly { aspect: number }[]): number {
    const { width, height } = this.#size();
    const across = this.#rolled ? 1 : Math.max(1, leaves.length);
    const aspect = leaves.length > 0 ? Math.max(...leaves.map((leaf) => leaf.aspect)) : Math.SQRT2;
    const room = Math.max(40, Math.min((width - 2 * margin) / across, (height - 2 * margin) / aspect));
    return Math.floor(room * density());
  }

  /** Waits until a picture's tiles are painted: OpenSeadragon calls it loaded before, sometimes long before. */
  async #onScreen(item: OpenSeadragon.TiledImage, leaf: Leaf, outdated: () => boolean): Promise<void> {
    const painted = () => (item as unknown as { _lastDrawn: unknown[] })._lastDrawn.length > 0;
    while (!outdated() && this.#isSeen(leaf) && !(painted() && item.getFullyLoaded())) await new Promise(requestAnimationFrame);
  }

  /**
   * A preview that tiles lie upon everywhere is not painted with them: scaled anew for each frame, it costs as much as
   * they do. `whole` tells whether all of the page is seen; then its tiles stay, and nothing will be seen between others.
   */
  #coverPreview(leaf: Leaf, whole: boolean): void {
    const tiles = leaf.tiles.at(-1);
    const { sheet } = leaf;
    const all = sheet ? tileLevels(leaf.drawnFor || this.#pixels(sheet), sheet).reduce((sum, size) => sum + tilesAlong(size.width, sheet) * tilesAlong(size.height, sheet), 0) : 0;
    const stay = all * this.#leaves.length <= mostTiles;
    leaf.preview?.setOpacity(whole && stay && tiles?.getFullyLoaded() ? 0 : 1);
  }

  #isWhole(leaf: Leaf): boolean {
    const { width, height } = this.#size();
    const page = this.#placeOf(leaf);
    return page.left >= -1 && page.top >= -1 && page.left + page.width <= width + 1 && page.top + page.height <= height + 1;
  }

  #isSeen(leaf: Leaf): boolean {
    const { width, height } = this.#size();
    const page = this.#placeOf(leaf);
    return page.left < width && page.left + page.width > 0 && page.top < height && page.top + page.height > 0;
  }

  /** Takes everything from the desk. */
  clear(): void {
    this.#turn++;
    this.#rolled = false;
    this.#leaves = [];
    this.#osd.world.removeAll();
  }

  /** Where the pages are in the viewer now, in CSS pixels. */
  get pages(): Place[] {
    const seen = this.#seen();
    const there = (leaf: Leaf) => !this.#rolled || distance({ top: leaf.at.y, height: leaf.aspect }, seen) <= far;
    return this.#leaves.filter(there).map((leaf) => this.#placeOf(leaf));
  }

  #placeOf({ page, at, aspect }: Leaf): Place {
    const shown = this.#size().width * this.#osd.viewport.getZoom(true);
    const corner = this.#osd.viewport.pixelFromPoint(new OpenSeadragon.Point(at.x, at.y), true);
    return { number: page.number, left: corner.x, top: corner.y, width: shown, height: shown * aspect };
  }

  /** How much bigger the pages are, or are becoming, than when they fit whole. */
  get factor(): number {
    return this.#osd.viewport.getZoom(false) / this.#wholeZoom();
  }

  get percent(): number {
    return percent(this.#osd.viewport.getZoom(false), this.#wholeZoom());
  }

  /** Of a roll: the number of the page that is being read. */
  get rolledAt(): string | null {
    return this.#rolled ? (this.#leaves[this.#open]?.page.number ?? null) : null;
  }

  get fit(): Fit {
    return this.#fit;
  }

  /** What is seen, or is being moved to; null with nothing on the desk. */
  get view(): View | null {
    if (this.#leaves.length === 0) return null;
    const { x, y } = this.#osd.viewport.getCenter(false);
    const { top, height } = this.#openSpan;
    return { fit: this.#fit, factor: this.factor, x: x / this.#across, y: (y - top) / height };
  }

  /** What lies open: all of a row, one page of a roll. */
  get #openSpan(): Span {
    const leaf = this.#leaves[this.#open];
    return this.#rolled && leaf ? { top: leaf.at.y, height: leaf.aspect } : { top: 0, height: this.#aspect };
  }

  /** A page's shape and how wide it is printed, in CSS pixels; a picture tells no size, so that is a broadsheet's. */
  paper(number: string): { aspect: number; printed: number } {
    const leaf = this.#leafOf(number);
    const aspect = leaf?.aspect ?? Math.SQRT2;
    const points = leaf?.sheet?.points;
    return { aspect, printed: points ? (points * 96) / 72 : broadsheet / aspect };
  }

  #leafOf(number: string): Leaf | undefined {
    return this.#leaves.find(({ page }) => page.number === number) ?? this.#leaves[0];
  }

  /** The size of the desk, without the air around the pages. */
  get room(): { width: number; height: number } {
    const { width, height } = this.#size();
    return { width: Math.max(1, width - 2 * margin), height: Math.max(1, height - 2 * margin) };
  }

  /** The whole page, in the middle. */
  whole(atOnce = false): void {
    this.#gliding++;
    this.#fit = "page";
    const { top, height } = this.#openSpan;
    this.#go(this.#wholeZoom(), new OpenSeadragon.Point(this.#across / 2, top + height / 2), atOnce);
  }

  /** Of the pages of a roll on the desk this one is read; it stays where it is. */
  read(number: string): void {
    const index = this.#leaves.findIndex(({ page }) => page.number === number);
    if (this.#rolled && index >= 0) this.#open = index;
  }

  /** Goes to a page of the roll, as large as pages are now: to its top, or to all of it where that has room. */
  rollTo(number: string): void {
    const index = this.#leaves.findIndex(({ page }) => page.number === number);
    if (!this.#rolled || index < 0) return;
    this.#gliding++;
    this.#open = index;
    const { at, aspect } = this.#leaves[index] as Leaf;
    const seen = this.#seen();
    const zoom = this.#osd.viewport.getZoom(false);
    const centre = this.#osd.viewport.getCenter(false);
    centre.y = aspect <= seen.height ? at.y + aspect / 2 : at.y + seen.height / 2 - this.#air(zoom);
    this.#go(zoom, centre, distance({ top: at.y, height: aspect }, seen) > glideReach);
  }

  /** As wide as the desk, from the top, or from where the reader was. */
  fitWidth(atOnce = false): void {
    const { width } = this.#size();
    this.#fitTo("width", this.#whole((width - 2 * margin) / this.#across) / width, atOnce);
  }

  /** As large as it is printed, as far as screens tell their size. */
  printSize(atOnce = false): void {
    const number = this.#leaves[this.#rolled ? this.#open : 0]?.page.number ?? "";
    this.#fitTo("print", this.#whole(this.paper(number).printed) / this.#size().width, atOnce);
  }

  #fitTo(fit: Fit, zoom: number, atOnce: boolean): void {
    this.#gliding++;
    const centre = this.#osd.viewport.getCenter(false);
    // From the whole page one begins to read at its top.
    if (this.#fit === "page") centre.y = this.#rolled ? this.#openSpan.top + this.#heightAt(zoom) / 2 - this.#air(zoom) : 0;
    this.#fit = fit;
    this.#go(Math.max(zoom, this.#wholeZoom()), centre, atOnce);
  }

  #restore(view: View | null): void {
    if (!view || view.fit === "page") {
      this.whole(true);
      return;
    }
    const { top, height } = this.#openSpan;
    const centre = new OpenSeadragon.Point(view.x * this.#across, top + view.y * height);
    // A roll that is new here begins at its page's top.
    this.#fit = this.#rolled && view.fit !== "free" && view.y === 0 ? "page" : "free";
    this.#go(this.#wholeZoom() * Math.max(0.5, view.factor), centre, true);
    if (view.fit === "width") this.fitWidth(true);
    if (view.fit === "print") this.printSize(true);
  }

  /** Zooms to a multiple of the whole page, the middle of what is seen staying where it is. */
  zoomTo(factor: number): void {
    const { width, height } = this.#size();
    this.#zoomAt(width / 2, height / 2, this.#wholeZoom() * factor, false);
  }

  /** Zooms by a factor; what is under the point stays there. */
  zoomBy(factor: number, x: number, y: number): void {
    this.#zoomAt(x, y, this.#osd.viewport.getZoom(false) * factor, false);
  }

  /** Moves the page by so many pixels; fingers and a dragged minimap expect it at once. */
  pan(dx: number, dy: number, atOnce = false): void {
    this.#gliding++;
    this.#pan(dx, dy, atOnce);
  }

  /** Brings a point of all that lies on the desk, in fractions of it, to the middle. */
  centreAt(x: number, y: number): void {
    this.#gliding++;
    const { top, height } = this.#openSpan;
    this.#go(this.#osd.viewport.getZoom(false), new OpenSeadragon.Point(x * this.#across, top + y * height), true);
  }

  /** Shows a block of a page, in fractions of it, as large as it can be, the page no wider than `most` pixels. */
  showBlock(block: Rect, number: string, most = Infinity): void {
    this.#gliding++;
    const { width } = this.#size();
    const room = this.room;
    const { aspect, at } = this.#leafOf(number) ?? { aspect: 1, at: { x: 0, y: 0 } };
    const shown = Math.min(room.width / block.width, room.height / (block.height * aspect), most);
    const centre = new OpenSeadragon.Point(at.x + block.left + block.width / 2, at.y + (block.top + block.height / 2) * aspect);
    this.#fit = "free";
    this.#go(shown / width, centre, false);
  }

  /** How many pages lie side by side. */
  get #across(): number {
    return this.#rolled ? 1 : Math.max(1, this.#leaves.length);
  }

  /** How high all lies that one can come to. */
  get #height(): number {
    return extent(this.#leaves.map(({ aspect }) => aspect), this.#leaves.map(({ at }) => at), this.#rolled).height;
  }

  /** What is above the first page of a roll and below its last, and above a page that is gone to. */
  #air(zoom: number): number {
    return this.#rolled ? margin / (this.#size().width * zoom) : 0;
  }

  /** How much of the pages' height the desk shows at a zoom. */
  #heightAt(zoom: number): number {
    const { width, height } = this.#size();
    return height / width / zoom;
  }

  /** The height of the highest page; all are as wide as one unit. */
  get #aspect(): number {
    return this.#leaves.length > 0 ? Math.max(...this.#leaves.map(({ aspect }) => aspect)) : Math.SQRT2;
  }

  #size(): { width: number; height: number } {
    const size = this.#osd.viewport.getContainerSize();
    return { width: Math.max(1, size.x), height: Math.max(1, size.y) };
  }

  /** The zoom (1 = one page as wide as the viewer) at which all is seen. */
  #wholeZoom(): number {
    return this.#wholePixels(this.#leaves) / density() / this.#size().width;
  }

  /** A length in whole pixels of the screen, which the tiles are drawn for. */
  #whole(length: number): number {
    return Math.floor(length * density()) / density();
  }

  #zoomAt(x: number, y: number, wanted: number, atOnce: boolean): void {
    this.#gliding++;
    const whole = this.#wholeZoom();
    const zoom = Math.min(this.#mostZoom(), Math.max(whole / 2, wanted));
    if (Math.abs(zoom / whole - 1) < 0.02) {
      this.whole(atOnce);
      return;
    }
    // The springs are still on the way: the point is taken from where they go, else it drifts during fast wheeling.
    const point = this.#osd.viewport.pointFromPixel(new OpenSeadragon.Point(x, y), false);
    const centre = this.#osd.viewport.getCenter(false);
    const scale = this.#osd.viewport.getZoom(false) / zoom;
    this.#fit = "free";
    this.#go(zoom, point.plus(centre.minus(point).times(scale)), atOnce);
  }

  #pan(dx: number, dy: number, atOnce: boolean): void {
    const by = this.#osd.viewport.deltaPointsFromPixels(new OpenSeadragon.Point(dx, dy), false);
    this.#go(this.#osd.viewport.getZoom(false), this.#osd.viewport.getCenter(false).plus(by), atOnce, !atOnce);
  }

  /** Two fingers: what was between them stays between them. */
  #pinched(factor: number, centre: OpenSeadragon.Point, last: OpenSeadragon.Point): void {
    this.#gliding++;
    this.#fit = "free";
    const whole = this.#wholeZoom();
    const before = this.#osd.viewport.getZoom(false);
    const zoom = Math.min(this.#mostZoom(), Math.max(whole / 2, before * factor));
    const held = this.#osd.viewport.pointFromPixel(last, false);
    const { width, height } = this.#size();
    const by = new OpenSeadragon.Point(width / 2 - centre.x, height / 2 - centre.y).divide(width * zoom);
    this.#go(zoom, held.plus(by), true, false);
  }

  /** A page that was pushed goes on for a while, ever slower. */
  #glide(speed: number, direction: number): void {
    const gliding = ++this.#gliding;
    if (this.#still) return;
    let dx = speed * Math.cos(direction);
    let dy = speed * Math.sin(direction);
    let last = performance.now();
    const step = (now: number) => {
      if (gliding !== this.#gliding) return;
      const seconds = Math.min(0.05, Math.max(0, (now - last) / 1000));
      last = now;
      this.#pan(-dx * seconds, -dy * seconds, true);
      const slower = Math.exp(-seconds / glideFade);
      dx *= slower;
      dy *= slower;
      if (Math.hypot(dx, dy) > glideEnd) requestAnimationFrame(step);
      else this.#rested();
    };
    requestAnimationFrame(step);
  }

  /**
   * Moves to a zoom and a centre, the page kept in sight, and in the middle of an axis on which it fits. While a hand
   * holds it, it is not `exact`: whole pixels would swallow its smallest steps.
   */
  #go(zoom: number, centre: OpenSeadragon.Point, atOnce: boolean, exact = true): void {
    this.#limit();
    const { width, height } = this.#size();
    const wanted = Math.min(this.#mostZoom(), zoom);
    const pixels = density();
    // A whole number of the screen's pixels, with the edge between two of them, so that the tiles' pixels lie upon them.
    const shown = exact ? Math.max(1, Math.round(width * wanted * pixels) / pixels) : width * wanted;
    const zoomed = shown / width;
    const snapped = (seen: number, middle: number) => {
      if (!exact) return middle;
      const edge = Math.round((seen / 2 - middle * shown) * pixels) / pixels;
      return (seen / 2 - edge) / shown;
    };
    const kept = new OpenSeadragon.Point(
      snapped(width, within(centre.x, 1 / zoomed, this.#across, 0)),
      snapped(height, within(centre.y, height / shown, this.#height, this.#air(zoomed))),
    );
    const still = atOnce || this.#still;
    this.#osd.viewport.zoomTo(zoomed, undefined, still);
    this.#osd.viewport.panTo(kept, still);
    this.#tend();
    if (still) this.#moved();
  }

  /** What a hand left between two pixels comes to lie upon them; what it left larger or smaller is drawn for its size. */
  #settle(): void {
    const { viewport } = this.#osd;
    this.#lay();
    const pixels = density();
    const shown = this.#size().width * viewport.getZoom(false) * pixels;
    const corner = viewport.pixelFromPoint(new OpenSeadragon.Point(0, 0), false).times(pixels);
    const between = [shown, corner.x, corner.y].some((value) => Math.abs(value - Math.round(value)) > 0.02);
    if (between) this.#go(viewport.getZoom(false), viewport.getCenter(false), true);
    this.#drawSoon();
  }

  #mostZoom(): number {
    const whole = this.#wholeZoom();
    const sheet = Math.max(0, ...this.#leaves.map((leaf) => leaf.sheet?.width ?? 0));
    const most = mostZoom(sheet, whole * this.#size().width, density());
    // Two pages side by side are small when whole: each still comes as near as it would alone.
    return whole * most * (this.#across > 1 ? 1.5 : 1);
  }

  /** Tells OpenSeadragon the limits, which it holds its own zoom to. */
  #limit(): void {
    const limits = this.#osd.viewport as unknown as { minZoomLevel: number; maxZoomLevel: number };
    limits.minZoomLevel = this.#wholeZoom() / 2;
    limits.maxZoomLevel = this.#mostZoom();
  }

  #moved(): void {
    if (this.#leaves.length > 0) this.#events.moved(this.pages);
  }

  #resized(): void {
    const { clientWidth, clientHeight } = this.#osd.element;
    const size = this.#size();
    if (clientWidth === 0 || clientHeight === 0 || (clientWidth === size.width && clientHeight === size.height)) return;
    this.#osd.viewport.resize(new OpenSeadragon.Point(clientWidth, clientHeight), true);
    this.#events.resized();
    if (this.#fit === "page") this.whole(true);
    else if (this.#fit === "width") this.fitWidth(true);
    else this.#go(this.#osd.viewport.getZoom(true), this.#osd.viewport.getCenter(true), true);
    // Until then the old picture would be stretched to the new shape.
    this.#paint();
    this.#rested();
  }

  #drawSoon(): void {
    this.#events.exact(false);
    clearTimeout(this.#resizing);
    this.#resizing = setTimeout(() => this.#redraw(), resizePatience);
  }

  /** Draws what is on the desk anew, for the size that it has now. */
  #redraw(): void {
    // What moves again is drawn for when it rests again.
    const [now, wanted] = [this.#osd.viewport.getZoom(true), this.#osd.viewport.getZoom(false)];
    if (Math.abs(now / wanted - 1) > 1e-6) return;
    const turn = this.#turn;
    const redrawing = ++this.#redrawing;
    const stale = () => turn !== this.#turn;
    const outdated = () => stale() || redrawing !== this.#redrawing;
    const all = async () => {
      // What has no tiles yet gets them for this size anyway.
      const leaves = this.#leaves.filter(({ tiles }) => tiles.length > 0);
      const drawn = await Promise.all(leaves.map((leaf) => leaf.sheet && this.#drawn(leaf, leaf.sheet, stale)));
      if (outdated() || drawn.includes(false)) return;
      if (this.#rolled) this.#tend();
      else if (leaves.length > 0) this.#events.shown(this.#leaves.map(({ page }) => page.number), "sharp");
      await Promise.all(leaves.map((leaf) => leaf.tiles.at(-1) && this.#onScreen(leaf.tiles.at(-1) as OpenSeadragon.TiledImage, leaf, outdated)));
      if (!outdated()) this.#events.exact(leaves.length > 0);
    };
    // The tiles before stay; they are only not for these pixels.
    all().catch(() => undefined);
  }

  #rested(): void {
    // A pinch may leave the page aside although it would fit.
    if (this.#fit !== "page" && this.factor < 1) this.whole();
    else this.#settle();
    this.#moved();
    this.#events.rested();
  }

  #swiped(x: number, y: number): void {
    if (!this.#pressed) return;
    const dx = x - this.#pressed.x;
    const dy = y - this.#pressed.y;
    if (Math.abs(dx) > 60 && Math.abs(dx) > 2 * Math.abs(dy)) this.#events.swiped(dx < 0 ? 1 : -1);
  }

  /** What the desk shows, as a picture that stays when the desk is changed. */
  #copy(): HTMLCanvasElement {
    const drawn = this.#osd.drawer.canvas as HTMLCanvasElement;
    const copy = document.createElement("canvas");
    copy.width = drawn.width;
    copy.height = drawn.height;
    copy.getContext("2d")?.drawImage(drawn, 0, 0);
    return copy;
  }

  #items(): OpenSeadragon.TiledImage[] {
    const { world } = this.#osd;
    return Array.from({ length: world.getItemCount() }, (_, index) => world.getItemAt(index));
  }

  /** Adds a picture in its page's place upon the others, unseen, and loading. */
  #add(tileSource: object, { at }: Leaf): Promise<OpenSeadragon.TiledImage> {
    return new Promise((resolve, reject) => {
      this.#osd.addTiledImage({
        tileSource,
        x: at.x,
        y: at.y,
        width: 1,
        opacity: 0,
        preload: true,
        success: (event: Event) => resolve((event as unknown as { item: OpenSeadragon.TiledImage }).item),
        error: (event: Event) => reject(new Error((event as unknown as { message?: string }).message ?? "the page's picture was refused")),
      } as unknown as Parameters<OpenSeadragon.Viewer["addTiledImage"]>[0]);
    });
  }
}

/** The middle of what is seen along one axis, so that nothing but page and the air around it is seen, or all of the page. */
function within(centre: number, seen: number, length: number, air: number): number {
  if (seen >= length) return length / 2;
  return Math.min(length + air - seen / 2, Math.max(seen / 2 - air, centre));
}

const tilesAlong = (length: number, { tileSize }: Sheet) => Math.ceil(length / tileSize);

/** The addresses of the tiles that a page so many of the screen's pixels wide is painted with. */
function tilesOf({ tile }: Pictures, sheet: Sheet, fit: number): string[] {
  const size = tileLevels(fit, sheet).find(({ width }) => width === fit);
  if (!size) return [];
  const along = (length: number) => Array.from({ length: tilesAlong(length, sheet) }, (_, index) => index);
  return along(size.height).flatMap((y) => along(size.width).map((x) => tile(size, x, y)));
}

function leafOf(page: PagePictures, aspect: number, state: Leaf["state"]): Leaf {
  return { page, at: { x: 0, y: 0 }, aspect, state, comings: 0, sharp: false, sheet: null, preview: null, tiles: [], drawnFor: 0, drawing: 0, pending: null };
}

/** A page's small picture, and its sheet if that tells its shape soon. */
async function firstPictures({ pictures }: PagePictures): Promise<{ sheet: Sheet | null; picture: HTMLImageElement | null }> {
  if (!pictures) return { sheet: null, picture: null };
  const [sheet, picture] = await Promise.all([
    Promise.race([pictures.sheet().catch(() => null), after(shapePatience)]),
    pictures.preview().catch(() => null),
  ]);
  return { sheet, picture };
}

function fullyLoaded(item: OpenSeadragon.TiledImage): Promise<void> {
  return new Promise((resolve) => item.whenFullyLoaded(() => resolve()));
}

/** The next task of the window's thread: no timer comes as soon. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
}

function after(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, null));
}
