import { expect, test } from "vitest";
import { RowWindow } from "./RowWindow";

const size = 100;
const settle = async () => {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
};

function server(total: number) {
  const asked: (string | null)[] = [];
  const load = (cursor: string | null) => {
    asked.push(cursor);
    const start = Number(cursor ?? 0);
    const items = Array.from({ length: Math.min(size, total - start) }, (_, index) => start + index);
    return Promise.resolve({ items, next_cursor: start + size < total ? String(start + size) : null });
  };
  return { asked, load };
}

test("rows come page by page as somebody scrolls", async () => {
  const { asked, load } = server(1_000_000);
  const rows = new RowWindow(load);
  rows.see(0, 30);
  await settle();
  expect(rows.row(17)).toBe(17);
  expect(rows.state).toMatchObject({ hasMore: true, error: null });
  expect(asked.length).toBeLessThan(4);
});

test("however far one scrolls, only the pages around are held, and scrolling back finds the same rows", async () => {
  const { load } = server(1_000_000);
  const rows = new RowWindow(load, 5);
  for (let at = 0; at < 20_000; at += 50) {
    rows.see(at, at + 40);
    await settle();
    expect(rows.held).toBeLessThanOrEqual(5 * size);
  }
  expect(rows.row(5)).toBeUndefined();
  rows.see(0, 40);
  await settle();
  expect(rows.row(5)).toBe(5);
});

test("the end is an end", async () => {
  const { load } = server(250);
  const rows = new RowWindow(load);
  for (const at of [0, 150, 240]) {
    rows.see(at, at + 30);
    await settle();
  }
  expect(rows.state).toMatchObject({ count: 250, hasMore: false, isLoading: false });
  expect(rows.row(249)).toBe(249);
});

test("pages that filters left empty are passed over", async () => {
  let calls = 0;
  const rows = new RowWindow<number>(() => Promise.resolve(++calls < 4 ? { items: [], next_cursor: `c${calls}` } : { items: [7], next_cursor: null }));
  rows.see(0, 30);
  await settle();
  expect(rows.row(0)).toBe(7);
});

test("a failure stops the asking until somebody tries again", async () => {
  let isDown = true;
  let calls = 0;
  const { load } = server(300);
  const rows = new RowWindow<number>((cursor) => {
    calls++;
    return isDown ? Promise.reject(new Error("away")) : load(cursor);
  });
  rows.see(0, 30);
  await settle();
  expect(rows.state.error).toBeInstanceOf(Error);
  expect(calls).toBe(1);
  isDown = false;
  rows.retry();
  await settle();
  expect(rows.row(0)).toBe(0);
});
