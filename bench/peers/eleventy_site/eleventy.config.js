// The settings that an Eleventy site of this size would use: Markdown without a second template engine, templates in
// JavaScript, and an index of the collections made once a build.
import { copyFile } from "node:fs/promises";
import syntaxHighlight from "@11ty/eleventy-plugin-syntaxhighlight";
import markdownIt from "markdown-it";
import anchor from "markdown-it-anchor";
import { makeIndex } from "./lib/catalogue.js";

export default function (config) {
  const markdown = markdownIt({ html: false }).use(anchor, { tabIndex: false });
  config.setLibrary("md", markdown);
  config.addPlugin(syntaxHighlight);
  config.addPassthroughCopy({ static: "/" });
  config.addPassthroughCopy({ "hosting/*": "/" });
  let badges = [];
  config.addCollection("index", (api) => {
    badges = api.getFilteredByTag("badge");
    return makeIndex(badges, api.getFilteredByTag("course"), markdown);
  });
  // One of a dozen pictures goes beside every badge; a passthrough of each would be slower.
  config.on("eleventy.after", () =>
    Promise.all(badges.map((badge) => copyFile(badge.data.image.id, `_site${badge.url}image.png`))),
  );
  return {
    dir: { input: "content", output: "_site", includes: "../layouts" },
    markdownTemplateEngine: false,
    templateFormats: ["md", "11ty.js"],
  };
}
