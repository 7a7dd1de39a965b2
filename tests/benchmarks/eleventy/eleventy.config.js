// The same record as Eleventy builds it, from the YAML files, in the same shell around the content.
export default function (config) {
  config.setQuietMode(true);
  return { dir: { input: "pages", output: "out" } };
}
