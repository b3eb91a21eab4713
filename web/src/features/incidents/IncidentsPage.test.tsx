import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { hostile } from "@mock/hostile";
import { mockServer, renderPage } from "@tests/renderPage";
import { IncidentsPage } from "./IncidentsPage";

const open = (at = "/incidents", role: "viewer" | "analyst" = "analyst") => renderPage("/incidents/:id?", <IncidentsPage />, at, role);
const press = (key: string) => fireEvent.keyDown(document.body, { key });

test("j and k walk the list, Escape leaves it", async () => {
  const state = mockServer();
  const { router } = open();
  await screen.findByRole("button", { name: /Credential stuffing/ });
  press("j");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/incidents/${state.incidents[0]?.id}`));
  press("j");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/incidents/${state.incidents[1]?.id}`));
  press("k");
  await waitFor(() => expect(router.state.location.pathname).toBe(`/incidents/${state.incidents[0]?.id}`));
  press("Escape");
  await waitFor(() => expect(router.state.location.pathname).toBe("/incidents"));
});

test("letters typed into a field are text, not commands", async () => {
  mockServer();
  const { router } = open();
  await screen.findByRole("button", { name: /Credential stuffing/ });
  fireEvent.keyDown(screen.getByLabelText("Search incidents"), { key: "j" });
  expect(router.state.location.pathname).toBe("/incidents");
});

test("filters come from the address and go there", async () => {
  mockServer();
  const { router } = open("/incidents?type=xxe");
  await screen.findByRole("button", { name: /XML external entity/ });
  expect(screen.queryByRole("button", { name: /Log4Shell/ })).toBeNull();
  fireEvent.change(screen.getByLabelText("Type"), { target: { value: "log4shell" } });
  await waitFor(() => expect(router.state.location.search).toBe("?type=log4shell"));
});

test("an incident shows its drivers, votes and requests; a verdict is saved", async () => {
  const state = mockServer();
  const id = state.incidents.find((one) => one.type === "credential_stuffing")?.id ?? "";
  open(`/incidents/${id}`);
  const article = within(await screen.findByRole("article"));
  await article.findByText("Failed logins");
  expect(article.getByText("12.5 × typical")).toBeTruthy();
  expect(article.getByText("Login campaign")).toBeTruthy();
  fireEvent.change(article.getByLabelText("Note (optional)"), { target: { value: "known campaign" } });
  fireEvent.click(article.getByRole("button", { name: "Confirm" }));
  await article.findByText(/known campaign/);
  expect(state.feedback[id]?.[0]?.verdict).toBe("confirmed");
});

test("a viewer sees why there is no verdict to give", async () => {
  const state = mockServer({ role: "viewer" });
  const id = state.incidents[0]?.id ?? "";
  open(`/incidents/${id}`, "viewer");
  const button = await screen.findByRole("button", { name: "Confirm" });
  expect(button.getAttribute("data-hint")).toBe("Needs the role analyst; yours is viewer.");
  fireEvent.click(button);
  expect(state.feedback[id]).toBeUndefined();
});

test("text of an attacker stays text", async () => {
  mockServer({ isHostile: true });
  const { container } = open("/incidents/inc-hostile");
  await screen.findAllByText((text) => text.includes("onerror="));
  expect(container.querySelector("img, script")).toBeNull();
  expect(container.textContent).toContain("\\u{202e}");
  expect(container.textContent).not.toContain("\u202e");
  expect(container.querySelector(`a[href^="javascript:"]`)).toBeNull();
  expect(container.textContent?.length).toBeLessThan(20_000);
  expect(hostile.html).toContain("<script>");
});

test("no incident is told apart from none that pass", async () => {
  mockServer({ isEmpty: true });
  open();
  await screen.findByText("No incidents in this time");
});

test("an incident that is gone says so", async () => {
  mockServer();
  open("/incidents/inc-unknown");
  await screen.findByText("Not found");
});
