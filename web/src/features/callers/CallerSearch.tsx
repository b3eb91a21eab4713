import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { Button } from "@/shared/ui/Button";
import { TextInput } from "@/shared/ui/Field";
import { callerPath } from "@/shared/ui/paths";

/** An address has dots and digits, or colons; everything else names a user. */
export function kindOf(text: string): "ip" | "user" {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || /^[0-9a-f:]*:[0-9a-f:]*(\/\d+)?$/i.test(text) ? "ip" : "user";
}

/** Goes to a caller by address or user name. */
export function CallerSearch() {
  const [text, setText] = useState("");
  const [search] = useSearchParams();
  const navigate = useNavigate();
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const value = text.trim();
        if (value) void navigate(callerPath(kindOf(value), value, search));
      }}
    >
      <TextInput label="An address or a user" value={text} onChange={(event) => setText(event.target.value)} className="w-80 max-w-full" />
      <Button type="submit" disabled={!text.trim()}>Show</Button>
    </form>
  );
}
