import { useEffect, useState } from "react";
import { TextInput } from "./Field";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
}

const pauseMs = 350;

/** A text filter that takes effect when typing pauses, or at once with Enter. */
export function SearchField({ label, value, onChange, className }: Props) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return <TextInput type="search" label={label} value={text} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => event.key === "Enter" && onChange(text)} className={className} />;
}
