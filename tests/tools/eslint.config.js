// The linter of our scripts: `make format` fixes what it can. Run from the root of the repository.
import js from "@eslint/js";
import globals from "globals";

const rules = {
  ...js.configs.recommended.rules,
  "consistent-return": "error",
  "default-case-last": "error",
  eqeqeq: ["error", "always", { null: "ignore" }],
  "no-else-return": "error",
  "no-implicit-globals": "error",
  "no-shadow": "error",
  "no-unused-expressions": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-arrow-callback": "error",
  "prefer-const": "error",
  "prefer-template": "error",
  strict: ["error", "global"],
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" }, rules },
  { files: ["static/**/*.js"], languageOptions: { globals: globals.browser, sourceType: "module" } },
  {
    files: ["static/reader/*.js"], // loaded as they are, one after the other; theme.js first
    ignores: ["static/reader/english.js"], // imported where it is asked for
    languageOptions: { sourceType: "script" },
  },
  { files: ["static/reader/!(theme).js"], languageOptions: { globals: { store: "readonly" } } },
  { files: ["tests/**/*.js"], languageOptions: { globals: { ...globals.browser, ...globals.nodeBuiltin } } },
  { files: ["tests/browser/layout.js"], rules: { "no-unused-expressions": "off" } }, // one function, evaluated in a page
];
