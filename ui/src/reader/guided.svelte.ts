/** Guided reading as it goes on: which block of the open page is being read, and which step of it. */
import { blocksOn, stepsOf, type Step } from "./blocks";
import { columnsOf } from "./columns";
import { pageBeside } from "./order";
import type { Reader } from "./reader.svelte";

/** Air between a block and the edges of the desk. */
const air = 28;

export class Guided {
  readonly #reader: Reader;
  /** The block, counted on the open page. */
  index = $state(0);
  #step = $state(0);

  blocks = $derived.by(() => (this.#reader.page ? blocksOn(this.#reader.issue, this.#reader.page) : []));
  block = $derived.by(() => this.blocks[Math.min(this.index, this.blocks.length - 1)] ?? null);
  /** The parts of the block in reading order, as far as its print tells them. */
  columns = $derived.by(() => {
    const { grey } = this.#reader;
    return grey && this.block?.article && grey.number === this.#reader.number ? columnsOf(grey, this.block.polygon) : null;
  });
  steps = $derived.by((): Step[] => {
    const { desk, looking } = this.#reader;
    if (!desk || !this.block || looking) return [];
    return stepsOf(this.block, desk, { width: Math.max(1, desk.width - air), height: Math.max(1, desk.height - air) }, this.columns);
  });
  /** The step of the block; a desk that became larger may need fewer. */
  part = $derived.by(() => Math.max(0, Math.min(this.#step, this.steps.length - 1)));
  step = $derived.by(() => this.steps[this.part] ?? null);

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** From the first block of the open page. */
  start(): void {
    this.index = 0;
    this.#step = 0;
  }

  /** From an article's first block on the open page, if it has one. */
  startAt(article: string | null): void {
    const index = this.blocks.findIndex((block) => block.article === article);
    if (article === null || index < 0 || this.block?.article === article) return;
    this.index = index;
    this.#step = 0;
  }

  get first(): boolean {
    return this.index === 0 && this.part === 0 && !this.#pageBeside(-1);
  }

  next(): void {
    if (this.part + 1 < this.steps.length) {
      this.#step = this.part + 1;
    } else if (this.index + 1 < this.blocks.length) {
      this.#enter(this.index + 1, 0);
    } else {
      const page = this.#pageBeside(1);
      if (!page) {
        this.#reader.endGuided();
        return;
      }
      this.#reader.goTo(page.number);
      this.#enter(0, 0);
    }
  }

  previous(): void {
    if (this.part > 0) {
      this.#step = this.part - 1;
    } else if (this.index > 0) {
      this.#enter(this.index - 1, Infinity);
    } else {
      const page = this.#pageBeside(-1);
      if (!page) return;
      this.#reader.goTo(page.number);
      this.#enter(this.blocks.length - 1, Infinity);
    }
  }

  /** While the reader is led, some keys lead on and back. Whether this was one of them. */
  takes(command: string): boolean {
    if (command === "guided" || command === "scrollOn" || command === "panRight") this.next();
    else if (command === "scrollBack" || command === "panLeft") this.previous();
    else return false;
    return true;
  }

  #enter(index: number, step: number): void {
    this.index = index;
    this.#step = step;
    if (this.block?.article) this.#reader.follow(this.block.article);
  }

  #pageBeside(step: 1 | -1) {
    return pageBeside(this.#reader.issue, this.#reader.number, step);
  }
}
