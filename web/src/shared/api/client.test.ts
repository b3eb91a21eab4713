import { expect, test, vi } from "vitest";
import { request, setCsrf, setSignedOutHandler, withParams } from "./client";
import { ApiProblem } from "./problem";

const answerWith = (body: BodyInit | null, init: ResponseInit) => vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(body, init))));
const failure = (path = "/x") => request(path).then(() => Promise.reject(new Error("it did not fail")), (error: unknown) => error as ApiProblem);

test("unsafe requests carry the token, safe ones do not", async () => {
  setCsrf("t0ken");
  answerWith("{}", { status: 200 });
  await request("/x");
  await request("/x", { method: "POST", body: {} });
  const [get, post] = vi.mocked(fetch).mock.calls.map(([, options]) => options?.headers as Record<string, string>);
  expect(get?.["X-CSRF-Token"]).toBeUndefined();
  expect(post?.["X-CSRF-Token"]).toBe("t0ken");
});

test("problem+json is read with its fields", async () => {
  answerWith(JSON.stringify({ title: "Bad", detail: "no", errors: [{ field: "name", error: "empty" }] }), { status: 400 });
  expect(await failure()).toMatchObject({ kind: "refused", status: 400, errors: [{ field: "name", error: "empty" }] });
});

test("a proxy's page instead of an answer is a failure, not a crash", async () => {
  answerWith("<html>bad gateway</html>", { status: 502 });
  expect(await failure()).toMatchObject({ kind: "broken", status: 502 });
  answerWith("<html>hello</html>", { status: 200 });
  expect(await failure()).toMatchObject({ kind: "broken" });
});

test("no connection is told apart from an answer", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed to fetch")));
  expect(await failure()).toMatchObject({ kind: "unreachable" });
});

test("a lost session is announced once it is noticed", async () => {
  const noticed = vi.fn();
  setSignedOutHandler(noticed);
  answerWith("{}", { status: 401 });
  await failure();
  expect(noticed).toHaveBeenCalledOnce();
});

test("empty parameters are left out, the others encoded", () => expect(withParams("/x", { a: "", b: null, c: "a&b=c", d: 0 })).toBe("/x?c=a%26b%3Dc&d=0"));
