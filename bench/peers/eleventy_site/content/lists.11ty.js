import { script } from "../lib/html.js";
import { page } from "../lib/page.js";
import { groups, itemList } from "../lib/parts.js";

const LISTS = [
  { name: "Courses and badges", path: "catalogue", courses: true, badges: true },
  { name: "Courses", path: "courses", courses: true },
  { name: "Badges", path: "badges", badges: true },
];

export const data = {
  lists: LISTS,
  pagination: { data: "lists", size: 1, alias: "list" },
  permalink: (data) => `/${data.list.path}/index.html`,
  eleventyExcludeFromCollections: true,
};

export function render(data) {
  const { list, site, collections } = data;
  const { index } = collections;
  const items = [...(list.courses ? index.courses : []), ...(list.badges ? index.badges : [])];
  return page(data, {
    title: list.name,
    description: list.name,
    section: list.path,
    head: script(itemList(site, items)),
    main: `<div class="wrap listhead"><h1>${list.name}</h1></div>\n${groups(index, items.length, list)}`,
  });
}
