import type { Page } from "@/shared/api/page";

interface LoadedPage<T> {
  cursor: string | null;
  start: number;
  length: number;
  /** Undefined once forgotten; loaded again by its cursor when looked at. */
  rows: T[] | undefined;
}

export interface WindowState {
  /** Rows reached so far. */
  count: number;
  hasMore: boolean;
  isLoading: boolean;
  error: unknown;
}

/** How near the end of what is known the next page is fetched, in rows. */
const lead = 100;

/**
 * A list of any length of which only the pages around what is looked at are held.
 * Pages are reached by cursor, so they come in order; a page that was reached before is found again by its cursor.
 */
export class RowWindow<T> {
  state: WindowState = { count: 0, hasMore: true, isLoading: false, error: null };

  private readonly pages: LoadedPage<T>[] = [];
  private readonly listeners = new Set<() => void>();
  private next: string | null = null;
  private seen: [number, number] = [0, 0];

  constructor(
    private readonly load: (cursor: string | null) => Promise<Page<T>>,
    private readonly keep = 12,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The row at an index; undefined while its page is on its way. */
  row(index: number): T | undefined {
    const page = this.pages[this.pageOf(index)];
    return page?.rows?.[index - page.start];
  }

  /** Rows held in memory, for tests of the bound. */
  get held(): number {
    return this.pages.reduce((sum, page) => sum + (page.rows?.length ?? 0), 0);
  }

  /** Says which rows are looked at. Loads what is missing there, forgets what is far. */
  see(first: number, last: number): void {
    this.seen = [first, last];
    void this.fill();
  }

  /** Tries again after a failure. */
  retry(): void {
    this.set({ error: null });
    void this.fill();
  }

  private async fill(): Promise<void> {
    if (this.state.isLoading || this.state.error) return;
    const [first, last] = this.seen;
    const missing = this.pages.find((page) => page.rows === undefined && page.start <= last && page.start + page.length > first);
    if (!missing && !(this.state.hasMore && last + lead >= this.state.count)) return;
    this.set({ isLoading: true });
    try {
      const cursor = missing ? missing.cursor : this.next;
      const page = await this.load(cursor);
      if (missing) missing.rows = page.items.slice(0, missing.length);
      else this.append(cursor, page);
      this.forget();
      this.set({ isLoading: false });
    } catch (error) {
      this.set({ isLoading: false, error });
    }
    void this.fill();
  }

  private append(cursor: string | null, page: Page<T>): void {
    this.pages.push({ cursor, start: this.state.count, length: page.items.length, rows: page.items });
    this.next = page.next_cursor;
    this.set({ count: this.state.count + page.items.length, hasMore: page.next_cursor !== null });
  }

  private forget(): void {
    const [first, last] = this.seen;
    const middle = (first + last) / 2;
    const held = this.pages.filter((page) => page.rows !== undefined);
    held.sort((a, b) => Math.abs(a.start + a.length / 2 - middle) - Math.abs(b.start + b.length / 2 - middle));
    for (const page of held.slice(this.keep)) page.rows = undefined;
  }

  private pageOf(index: number): number {
    let low = 0;
    let high = this.pages.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.pages[middle]?.start ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private set(change: Partial<WindowState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
