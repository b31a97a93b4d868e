/** The page's picture on the desk: the only file that knows OpenSeadragon. */
import OpenSeadragon from "openseadragon";
import type { Sheet } from "../lib/bindings";
import { mostZoom, percent, tileLevels, type Rect } from "./geometry";
import type { PageSize } from "../lib/backend";
import { density } from "../shared/density";

// The drawer's canvas has as many pixels as the screen has, also where the window is scaled.
const drawer = OpenSeadragon as unknown as { getCurrentPixelDensityRatio: () => number; pixelDensityRatio: number };
drawer.getCurrentPixelDensityRatio = density;

/** Where the pictures of one page come from; a page that has not been fetched has none and keeps its place empty. */
export type PagePictures = {
  readonly number: string;
  readonly width: number;
  readonly height: number;
  readonly pictures: {
    readonly preview: string;
    readonly sheet: Promise<Sheet>;
    /** A tile of the whole page drawn so large. */
    readonly tile: (size: PageSize, x: number, y: number) => string;
  } | null;
};

export type Sharpness = "preview" | "sharp";

/** How the pages are fitted to the desk; `free` when the reader chose the zoom. */
export type Fit = "page" | "width" | "print" | "free";

/** What of the pages was seen: how large, as a multiple of the whole, and what was in the middle, as fractions of all. */
export type View = { readonly fit: Fit; readonly factor: number; readonly x: number; readonly y: number };

export type ViewerEvents = {
  /** Every frame in which the pages moved: where they are in the viewer, in CSS pixels. */
  moved(pages: Rect[]): void;
  /** The movement ended. */
  rested(): void;
  /** The desk became larger or smaller: the page moved although nobody moved it. */
  resized(): void;
  clicked(x: number, y: number, finger: boolean): void;
  /** A finger pushed a whole page aside. */
  swiped(step: 1 | -1): void;
  /** Other pages are about to take the place of what this picture shows. */
  turning(before: HTMLCanvasElement): void;
  shown(numbers: string[], sharpness: Sharpness): void;
  /** The sharp sheet did not open; `preview` tells whether there is at least the small picture. */
  failed(number: string, preview: boolean): void;
};

/** A page as it lies on the desk; side by side each is as wide as one of OpenSeadragon's units. */
type Leaf = {
  readonly page: PagePictures;
  aspect: number;
  sheet: Sheet | null;
  preview: OpenSeadragon.TiledImage | null;
  /** What is shown upon the preview; the last is the newest. */
  tiles: OpenSeadragon.TiledImage[];
  /** The fitted page's width, in the screen's pixels, that the tiles shown were drawn for. */
  drawnFor: number;
  drawing: number;
};

/** Air between the page and the edges of the desk. */
const margin = 14;
/** How long a page waits for its sheet's exact shape before its preview is shown in the shape that the site told. */
const shapePatience = 80;
/** After this long the sharp tiles are shown as they come, instead of all at once. */
const sharpPatience = 900;
/** A desk that is still changing its size is not drawn for yet. */
const resizePatience = 200;

/** The speed of a page that glides falls to a third in this time, in seconds; at so many pixels a second it rests. */
const glideFade = 0.3;
const glideEnd = 20;
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
      visibilityRatio: 1,
      constrainDuringPan: true,
      // Its own way of keeping a view through a resize undoes a whole page (see #resized).
      autoResize: false,
      imageLoaderLimit: 4,
      maxImageCacheCount: 120,
      clickTimeThreshold: 600,
      clickDistThreshold: 6,
      gestureSettingsMouse: gestures,
      gestureSettingsPen: gestures,
      gestureSettingsTouch: { ...gestures, pinchToZoom: true },
    });
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
    this.#osd.addHandler("canvas-drag", () => this.#hold());
    this.#osd.addHandler("canvas-pinch", () => (this.#fit = "free"));
    this.#osd.addHandler("canvas-click", ({ quick, position, originalEvent }) => {
      if (quick) this.#events.clicked(position.x, position.y, (originalEvent as PointerEvent).pointerType === "touch");
    });
    this.#osd.addHandler("canvas-drag-end", ({ position, pointerType, speed, direction }) => {
      if (pointerType !== "touch") return;
      if (this.#fit === "page") this.#swiped(position.x, position.y);
      else this.#glide(speed * Math.cos(direction), speed * Math.sin(direction));
    });
  }

  destroy(): void {
    this.#turn++;
    this.#gliding++;
    clearTimeout(this.#resizing);
    this.#resizes.disconnect();
    this.#osd.destroy();
  }

  /**
   * Shows a page, or two side by side, in place of what was there: their previews at once, the sharp sheets upon them
   * when those are ready. Without a view to return to they are shown whole.
   */
  async show(pages: readonly PagePictures[], view: View | null): Promise<void> {
    const turn = ++this.#turn;
    const stale = () => turn !== this.#turn;
    const found = await Promise.all(
      pages.map(async ({ pictures }) => {
        if (!pictures) return { sheet: null, picture: null };
        const [sheet, picture] = await Promise.all([
          Promise.race([pictures.sheet.catch(() => null), after(shapePatience)]),
          loaded(pictures.preview).catch(() => null),
        ]);
        return { sheet, picture };
      }),
    );
    if (stale()) return;

    const before = this.#items();
    const leaves = await Promise.all(
      pages.map(async (page, index): Promise<Leaf> => {
        const { sheet, picture } = found[index] as (typeof found)[number];
        const aspect = sheet ? sheet.height / sheet.width : page.height / page.width;
        const preview = picture && (await this.#add(new HeldPicture(picture, aspect), index));
        return { page, aspect, sheet, preview, tiles: [], drawnFor: 0, drawing: 0 };
      }),
    );
    const previews = leaves.flatMap(({ preview }) => preview ?? []);
    await Promise.race([Promise.all(previews.map(fullyLoaded)), after(sharpPatience)]);
    if (stale()) {
      for (const preview of previews) this.#osd.world.removeItem(preview);
      return;
    }
    if (!this.#still && before.length > 0) this.#events.turning(this.#copy());
    this.#leaves = leaves;
    for (const preview of previews) preview.setOpacity(1);
    for (const item of before) this.#osd.world.removeItem(item);
    this.#restore(view);
    const numbers = pages.map(({ number }) => number);
    this.#events.shown(numbers, "preview");

    const drawn = await Promise.all(leaves.map((leaf, index) => this.#sharpen(leaf, index, stale)));
    if (!stale() && drawn.some(Boolean)) this.#events.shown(numbers, "sharp");
  }

  /** Opens a page's sheet and draws it; whether there was one. */
  async #sharpen(leaf: Leaf, index: number, stale: () => boolean): Promise<boolean> {
    if (!leaf.page.pictures) return false;
    try {
      leaf.sheet = await leaf.page.pictures.sheet;
      if (stale()) return false;
      leaf.aspect = leaf.sheet.height / leaf.sheet.width;
      if (this.#fit === "page") this.whole(true);
      else if (this.#fit === "print") this.printSize(true);
      else this.#limit();
      return await this.#drawn(leaf, leaf.sheet, index, stale);
    } catch {
      if (!stale()) this.#events.failed(leaf.page.number, leaf.preview !== null);
      return false;
    }
  }

  /**
   * The sheet's tiles for this screen's pixels, upon what is shown. The tiles before them go when these are all here,
   * so that nothing flashes.
   */
  async #drawn(leaf: Leaf, sheet: Sheet, index: number, stale: () => boolean): Promise<boolean> {
    const fit = Math.round(this.#wholeZoom() * this.#size().width * density());
    const pictures = leaf.page.pictures;
    if (fit === leaf.drawnFor || !pictures) return true;
    const drawing = ++leaf.drawing;
    const outdated = () => stale() || drawing !== leaf.drawing;
    const levels = tileLevels(fit, sheet);
    const top = levels.at(-1) as PageSize;
    const source = {
      width: top.width,
      height: top.height,
      tileSize: sheet.tileSize,
      tileOverlap: 0,
      minLevel: 0,
      maxLevel: levels.length - 1,
      getTileUrl: (level: number, x: number, y: number) => pictures.tile(levels[level] as PageSize, x, y),
    };
    const sharp = await this.#add(source, index);
    const complete = fullyLoaded(sharp);
    await Promise.race([complete, after(sharpPatience)]);
    if (outdated()) {
      this.#osd.world.removeItem(sharp);
      return false;
    }
    leaf.tiles.push(sharp);
    sharp.setOpacity(1);
    await complete;
    await this.#onScreen(sharp, index, outdated);
    if (outdated()) return false;
    // What lies under it is the preview, which stays, and tiles for another size of the desk, which go.
    for (const before of leaf.tiles.splice(0, leaf.tiles.indexOf(sharp))) this.#osd.world.removeItem(before);
    leaf.drawnFor = fit;
    return true;
  }

  /** Waits until a picture's tiles are painted: OpenSeadragon calls it loaded before, sometimes long before. */
  async #onScreen(item: OpenSeadragon.TiledImage, index: number, outdated: () => boolean): Promise<void> {
    const painted = () => (item as unknown as { _lastDrawn: unknown[] })._lastDrawn.length > 0;
    const seen = () => {
      const { width, height } = this.#size();
      const page = this.pages[index];
      return page !== undefined && page.left < width && page.left + page.width > 0 && page.top < height && page.top + page.height > 0;
    };
    while (!outdated() && seen() && !(painted() && item.getFullyLoaded())) await new Promise(requestAnimationFrame);
  }

  /** Takes everything from the desk. */
  clear(): void {
    this.#turn++;
    this.#leaves = [];
    this.#osd.world.removeAll();
  }

  /** Where the pages are in the viewer now, in CSS pixels. */
  get pages(): Rect[] {
    const { width } = this.#size();
    const corner = this.#osd.viewport.pixelFromPoint(new OpenSeadragon.Point(0, 0), true);
    const shown = width * this.#osd.viewport.getZoom(true);
    return this.#leaves.map(({ aspect }, index) => ({ left: corner.x + index * shown, top: corner.y, width: shown, height: shown * aspect }));
  }

  /** How much bigger the pages are, or are becoming, than when they fit whole. */
  get factor(): number {
    return this.#osd.viewport.getZoom(false) / this.#wholeZoom();
  }

  get percent(): number {
    return percent(this.#osd.viewport.getZoom(false), this.#wholeZoom());
  }

  get fit(): Fit {
    return this.#fit;
  }

  /** What is seen, or is being moved to; null with nothing on the desk. */
  get view(): View | null {
    if (this.#leaves.length === 0) return null;
    const { x, y } = this.#osd.viewport.getCenter(false);
    return { fit: this.#fit, factor: this.factor, x: x / this.#across, y: y / this.#aspect };
  }

  /** A page's shape and how wide it is printed, in CSS pixels; a picture tells no size, so that is a broadsheet's. */
  paper(index: number): { aspect: number; printed: number } {
    const leaf = this.#leaves[index];
    const aspect = leaf?.aspect ?? Math.SQRT2;
    const points = leaf?.sheet?.points;
    return { aspect, printed: points ? (points * 96) / 72 : broadsheet / aspect };
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
    this.#go(this.#wholeZoom(), new OpenSeadragon.Point(this.#across / 2, this.#aspect / 2), atOnce);
  }

  /** As wide as the desk, from the top, or from where the reader was. */
  fitWidth(atOnce = false): void {
    const { width } = this.#size();
    this.#fitTo("width", this.#whole((width - 2 * margin) / this.#across) / width, atOnce);
  }

  /** As large as it is printed, as far as screens tell their size. */
  printSize(atOnce = false): void {
    this.#fitTo("print", this.paper(0).printed / this.#size().width, atOnce);
  }

  #fitTo(fit: Fit, zoom: number, atOnce: boolean): void {
    this.#gliding++;
    const centre = this.#osd.viewport.getCenter(false);
    // From the whole page one begins to read at its top.
    if (this.#fit === "page") centre.y = 0;
    this.#fit = fit;
    this.#go(Math.max(zoom, this.#wholeZoom()), centre, atOnce);
  }

  #restore(view: View | null): void {
    if (!view || view.fit === "page") {
      this.whole(true);
      return;
    }
    const centre = new OpenSeadragon.Point(view.x * this.#across, view.y * this.#aspect);
    this.#fit = "free";
    this.#go(this.#wholeZoom() * view.factor, centre, true);
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
    this.#go(this.#osd.viewport.getZoom(false), new OpenSeadragon.Point(x * this.#across, y * this.#aspect), true);
  }

  /** Shows a block of a page, in fractions of it, as large as it can be, the page no wider than `most` pixels. */
  showBlock(block: Rect, index: number, most = Infinity): void {
    this.#gliding++;
    const { width } = this.#size();
    const room = this.room;
    const aspect = this.#leaves[index]?.aspect ?? 1;
    const shown = Math.min(room.width / block.width, room.height / (block.height * aspect), most);
    const centre = new OpenSeadragon.Point(index + block.left + block.width / 2, (block.top + block.height / 2) * aspect);
    this.#fit = "free";
    this.#go(shown / width, centre, false);
  }

  /** How many pages lie side by side. */
  get #across(): number {
    return Math.max(1, this.#leaves.length);
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
    const { width, height } = this.#size();
    const room = Math.max(40, Math.min((width - 2 * margin) / this.#across, (height - 2 * margin) / this.#aspect));
    return this.#whole(room) / width;
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
    this.#go(this.#osd.viewport.getZoom(false), this.#osd.viewport.getCenter(false).plus(by), atOnce);
  }

  /** A page that a finger pushed goes on for a while, ever slower. */
  #glide(dx: number, dy: number): void {
    const gliding = ++this.#gliding;
    if (this.#still) return;
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

  /** Moves to a zoom and a centre, the page kept in sight, and in the middle of an axis on which it fits. */
  #go(zoom: number, centre: OpenSeadragon.Point, atOnce: boolean): void {
    this.#limit();
    const { width, height } = this.#size();
    const zoomed = Math.min(this.#mostZoom(), zoom);
    const seenWidth = 1 / zoomed;
    const seenHeight = height / width / zoomed;
    // The page's edge lies between two of the screen's pixels, so that the tiles' pixels lie upon them.
    const shown = width * zoomed;
    const snapped = (seen: number, middle: number) => {
      const pixels = density();
      const edge = Math.round((seen / 2 - middle * shown) * pixels) / pixels;
      return (seen / 2 - edge) / shown;
    };
    const kept = new OpenSeadragon.Point(
      snapped(width, within(centre.x, seenWidth, this.#across)),
      snapped(height, within(centre.y, seenHeight, this.#aspect)),
    );
    const still = atOnce || this.#still;
    this.#osd.viewport.zoomTo(zoomed, undefined, still);
    this.#osd.viewport.panTo(kept, still);
    this.#hold();
    if (still) this.#moved();
  }

  #mostZoom(): number {
    const whole = this.#wholeZoom();
    const sheet = Math.max(0, ...this.#leaves.map((leaf) => leaf.sheet?.width ?? 0));
    const most = mostZoom(sheet, whole * this.#size().width, density());
    // Two pages side by side are small when whole: each still comes as near as it would alone.
    return whole * most * (this.#across > 1 ? 1.5 : 1);
  }

  /** Tells OpenSeadragon the limits, for the pinches that it handles itself. */
  #limit(): void {
    const limits = this.#osd.viewport as unknown as { minZoomLevel: number; maxZoomLevel: number };
    limits.minZoomLevel = this.#wholeZoom() / 2;
    limits.maxZoomLevel = this.#mostZoom();
  }

  /** Dragging moves the page only along an axis on which it is larger than the desk. */
  #hold(): void {
    const { width, height } = this.#size();
    const shown = width * this.#osd.viewport.getZoom(false);
    const axes = this.#osd as unknown as { panHorizontal: boolean; panVertical: boolean };
    axes.panHorizontal = shown * this.#across > width;
    axes.panVertical = shown * this.#aspect > height;
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
    // Now, and not in the next frame: until then the old picture would be stretched to the new shape.
    this.#osd.world.update(true);
    this.#osd.world.draw();
    this.#rested();
    clearTimeout(this.#resizing);
    this.#resizing = setTimeout(() => this.#redraw(), resizePatience);
  }

  /** Draws what is on the desk anew, for the size that it has now. */
  #redraw(): void {
    const turn = this.#turn;
    const stale = () => turn !== this.#turn;
    const redrawn = this.#leaves.map((leaf, index) => leaf.sheet && this.#drawn(leaf, leaf.sheet, index, stale));
    const numbers = this.#leaves.map(({ page }) => page.number);
    Promise.all(redrawn).then(
      (drawn) => {
        if (!stale() && drawn.length > 0 && drawn.every((sharp) => sharp !== false)) this.#events.shown(numbers, "sharp");
      },
      // The tiles before stay; they are only not for these pixels.
      () => undefined,
    );
  }

  #rested(): void {
    // A pinch may leave the page aside although it would fit.
    if (this.#fit !== "page" && this.factor < 1) this.whole();
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

  /** Adds a picture in its place upon the others, unseen, and loading. */
  #add(tileSource: object, index: number): Promise<OpenSeadragon.TiledImage> {
    return new Promise((resolve, reject) => {
      this.#osd.addTiledImage({
        tileSource,
        x: index,
        y: 0,
        width: 1,
        opacity: 0,
        preload: true,
        success: (event: Event) => resolve((event as unknown as { item: OpenSeadragon.TiledImage }).item),
        error: (event: Event) => reject(new Error((event as unknown as { message?: string }).message ?? "the page's picture was refused")),
      } as unknown as Parameters<OpenSeadragon.Viewer["addTiledImage"]>[0]);
    });
  }
}

/** The middle of what is seen along one axis, so that nothing but page is seen, or all of the page. */
function within(centre: number, seen: number, length: number): number {
  if (seen >= length) return length / 2;
  return Math.min(length - seen / 2, Math.max(seen / 2, centre));
}

async function loaded(address: string): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return picture;
}

function fullyLoaded(item: OpenSeadragon.TiledImage): Promise<void> {
  return new Promise((resolve) => item.whenFullyLoaded(() => resolve()));
}

function after(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, null));
}
