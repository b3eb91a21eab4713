import { useEffect, useRef, useState } from "react";

interface Shown {
  text: string;
  left: number;
  top: number;
  isBelow: boolean;
}

const margin = 8;
const width = 300;

function place(element: Element, text: string): Shown {
  const box = element.getBoundingClientRect();
  const isBelow = box.top < 90;
  const center = box.left + Math.min(box.width, 240) / 2;
  return { text, left: Math.max(margin + width / 2, Math.min(window.innerWidth - margin - width / 2, center)), top: isBelow ? box.bottom + margin : box.top - margin, isBelow };
}

/** Shows the text of `data-hint` of whatever is pointed at or focused. One layer for the whole page, so that no box clips it. */
export function HintLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  const described = useRef<Element | null>(null);

  useEffect(() => {
    const hide = () => {
      described.current?.removeAttribute("aria-describedby");
      described.current = null;
      setShown(null);
    };
    const show = (event: Event) => {
      const element = event.target instanceof Element ? event.target.closest("[data-hint]") : null;
      const text = element?.getAttribute("data-hint");
      // A page that moves below a resting mouse makes it "enter" things; what has the focus keeps its hint.
      if ((!element || !text) && event.type === "pointerover" && described.current !== null && described.current === document.activeElement) return;
      if (!element || !text) return hide();
      if (described.current !== element) described.current?.removeAttribute("aria-describedby");
      described.current = element;
      if (!element.hasAttribute("aria-label") || element.getAttribute("aria-label") !== text) element.setAttribute("aria-describedby", "hint");
      setShown(place(element, text));
    };
    // Focusing by keyboard scrolls: the hint then goes along instead of vanishing.
    const move = () => {
      const element = described.current;
      if (element && element === document.activeElement) setShown(place(element, element.getAttribute("data-hint") ?? ""));
      else hide();
    };
    const escape = (event: KeyboardEvent) => event.key === "Escape" && hide();
    // A click focuses what it hits, and may lead to a page without it: its hint would be left behind.
    const events: [string, EventListener][] = [["pointerover", show], ["focusin", show], ["focusout", hide], ["scroll", move], ["pointerdown", hide], ["click", hide], ["keydown", escape as EventListener]];
    for (const [name, listener] of events) document.addEventListener(name, listener, true);
    return () => {
      for (const [name, listener] of events) document.removeEventListener(name, listener, true);
    };
  }, []);

  return (
    <div
      id="hint"
      role="tooltip"
      hidden={!shown}
      style={shown ? { left: shown.left, top: shown.top, maxWidth: width } : undefined}
      className={`pointer-events-none fixed z-50 w-max -translate-x-1/2 rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-[12.5px] leading-snug whitespace-pre-line shadow-lg ${shown?.isBelow ? "" : "-translate-y-full"} ${shown ? "" : "hidden"}`}
    >
      {shown?.text}
    </div>
  );
}
