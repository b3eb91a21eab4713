/** Values an attacker may put wherever traffic is shown. None of them may run, break the layout or hide text. */
export const hostile = {
  html: `<img src=x onerror="window.__owned=1"><script>window.__owned=1</script>`,
  attribute: `" onmouseover="window.__owned=1" x="`,
  template: "{{constructor.constructor('window.__owned=1')()}}",
  link: "javascript:window.__owned=1",
  bidi: "user\u202egnp.exe",
  control: "admin\u0000\u001b[2J\r\nSet-Cookie: a=b",
  long: "A".repeat(5_000),
  prototype: "__proto__",
  surrogate: "\ud800 lone",
};
