// The linter of our style sheets.
export default {
  extends: "stylelint-config-recommended",
  rules: {
    "no-descending-specificity": null, // it compares rules for different elements, which no element matches both
    "declaration-property-value-no-unknown": [true, { ignoreProperties: { "text-spacing-trim": "normal" } }], // CSS Text 4
  },
  overrides: [
    { files: ["../../templates/epub/*.css"], rules: { "property-no-deprecated": null } }, // readers of books know the old names
  ],
};
