import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { mockServer, renderPage } from "@tests/renderPage";
import { safeNext, SignInPage } from "./SignInPage";

test.each(["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", null])("signing in never leads to %s", (next) => expect(safeNext(next)).toBe("/"));
test("signing in leads back to where one was", () => expect(safeNext("/incidents?type=xss")).toBe("/incidents?type=xss"));

test("a wrong key is explained", async () => {
  mockServer({}, false);
  renderPage("/signin", <SignInPage />, "/signin");
  fireEvent.change(await screen.findByLabelText("API key"), { target: { value: "vdt_wrong" } });
  fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect((await screen.findByRole("alert")).textContent).toMatch(/does not accept this key/);
});

test("a spent link is explained", async () => {
  mockServer({}, false);
  renderPage("/signin", <SignInPage />, "/signin?token=spent");
  expect((await screen.findByRole("alert")).textContent).toMatch(/used before or has expired/);
});
