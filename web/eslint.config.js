import { readdirSync } from "node:fs";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const upward = { group: ["../*", "./*/*"], message: "Import from another folder by '@/…', from your own folder by './Name'." };
const features = readdirSync(new URL("./src/features", import.meta.url));

/** Imports go one way: shared, then features, then app; a feature knows no other feature. */
const oneWay = [
  {
    files: ["src/shared/**"],
    rules: { "no-restricted-imports": ["error", { patterns: [upward, { group: ["@/features/*", "@/app/*"], message: "shared knows neither features nor the app." }] }] },
  },
  ...features.map((feature) => ({
    files: [`src/features/${feature}/**`],
    rules: {
      "no-restricted-imports": ["error", { patterns: [upward, { regex: `^@/(app|features/(?!${feature}/))`, message: "A feature knows shared code and itself; move what two features need to shared." }] }],
    },
  })),
  { files: ["src/app/**"], rules: { "no-restricted-imports": ["error", { patterns: [upward] }] } },
];

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/shared/api/schema.d.ts"] },
  ...tseslint.configs.recommended,
  hooks.configs.flat["recommended-latest"],
  {
    rules: {
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "no-restricted-syntax": ["error", { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Everything shown may come from an attacker: text, never HTML." }],
      "@typescript-eslint/no-non-null-assertion": "error",
    },
  },
  { files: ["src/**/*.{ts,tsx}"], ignores: ["src/**/*.test.*"], rules: { "no-console": "error" } },
  ...oneWay,
);
