/** The words of an identifier: credential_stuffing → Credential stuffing. */
export function humanize(name: string): string {
  const words = name.replaceAll(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

// Control and format characters (escape codes, direction overrides, zero-width marks), lone halves of surrogate pairs:
// text from an attacker must not reorder, hide or overprint what a person reads.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Makes what cannot be seen visible, as \xNN or \u{N}; the rest stays as sent. */
export function visible(text: string): string {
  return text.replaceAll(unseen, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
  });
}

/** The beginning of a text, with … where more follows. */
export function clip(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
