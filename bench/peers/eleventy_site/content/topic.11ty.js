import { each, escape, script } from "../lib/html.js";
import { page } from "../lib/page.js";
import { departures, itemList, topicList } from "../lib/parts.js";

export const data = {
  pagination: { data: "topics", size: 1, alias: "topic" },
  permalink: (data) => `/topics/${data.topic.id}/index.html`,
  eleventyExcludeFromCollections: true,
};

export function render(data) {
  const { topic, site, collections } = data;
  const { index } = collections;
  const courses = index.coursesOf.topic.get(topic.id) ?? [];
  const badges = index.badgesOf.topic.get(topic.id) ?? [];
  return page(data, {
    title: topic.name,
    description: topic.description,
    section: "topics",
    head: script(itemList(site, [...courses, ...badges])),
    main: `<div class="band">
<div class="wrap">
<h1>${escape(topic.name)}</h1>
<p class="lead">${escape(topic.description)}</p>
</div>
</div>
<section class="wrap">
<div class="sechead"><h2>${courses.length} courses</h2></div>
<ul class="rows">
${each(courses, index.row)}
</ul>
</section>
<section class="wrap">
<div class="sechead"><h2>${badges.length} badges</h2></div>
<ul class="tiles">
${each(badges, index.tile)}
</ul>
</section>
<section class="sign">
<div class="wrap">
<div class="sechead"><h2>Starting soon</h2></div>
${departures(index, courses.slice(0, 6))}
</div>
</section>
${topicList(index)}`,
  });
}
