import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { HintLayer } from "./HintLayer";

test("a hint is shown for what has the focus, and does not outlive the click that leads away", () => {
  render(<><a href="#elsewhere" data-hint="20,088 requests">/api</a><HintLayer /></>);
  const link = screen.getByText("/api");
  const hint = screen.getByRole("tooltip", { hidden: true });
  fireEvent.pointerDown(link);
  fireEvent.focusIn(link);
  expect(hint).toHaveProperty("hidden", false);
  expect(hint.textContent).toBe("20,088 requests");
  fireEvent.click(link);
  expect(hint).toHaveProperty("hidden", true);
});
