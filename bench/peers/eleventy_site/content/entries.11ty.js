import { each, escape } from "../lib/html.js";
import { page } from "../lib/page.js";

export const data = {
  lists: [
    { name: "Skills", path: "skills", data: "skills", by: "skill" },
    { name: "Topics", path: "topics", data: "topics", by: "topic" },
    { name: "Issuers", path: "issuers", data: "issuers", by: "issuer" },
    { name: "Bench skills", path: "frameworks/bench-skills", data: "skills", by: "skill", statements: true },
  ],
  pagination: { data: "lists", size: 1, alias: "list" },
  permalink: (data) => `/${data.list.path}/index.html`,
  eleventyExcludeFromCollections: true,
};

export function render(data) {
  const { list, collections } = data;
  const { index } = collections;
  const folder = list.data;
  return page(data, {
    title: list.name,
    description: list.name,
    section: list.path,
    main: `<div class="wrap listhead"><h1>${list.name}</h1></div>
<section class="wrap split">
<ul class="skills">
${each(
  data[folder],
  (one) =>
    `<li><a href="/${folder}/${one.id}/">${escape(one.name)}</a> <span class="n">${(index.badgesOf[list.by].get(one.id) ?? []).length}</span>${list.statements ? `<p>${escape(one.statement)}</p>` : ""}</li>`,
)}
</ul>
</section>`,
  });
}
