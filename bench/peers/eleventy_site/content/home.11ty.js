import { each, escape } from "../lib/html.js";
import { page } from "../lib/page.js";
import { departures, topicList } from "../lib/parts.js";

export const data = { permalink: "/index.html", eleventyExcludeFromCollections: true };

export function render(data) {
  const { site, collections } = data;
  const { index } = collections;
  return page(data, {
    title: site.name,
    description: site.description,
    main: `<div class="hero">
<div class="say">
<h1>${escape(site.description)}</h1>
<p>${index.courses.length} courses and ${index.badges.length} badges.</p>
<p class="act"><a class="btn go" href="/catalogue/">See all courses and badges</a></p>
</div>
<ul class="wall n9" aria-label="From the collection">
${each(
  index.badges.slice(0, 9),
  (badge) =>
    `<li><a class="plate" href="${badge.url}"><img src="${badge.url}image.png" alt="${escape(badge.data.name)}" width="400" height="400"></a></li>`,
)}
</ul>
</div>
<section class="sign">
<div class="wrap">
<div class="sechead"><h2>Starting soon</h2><a href="/courses/">All courses</a></div>
${departures(index, index.courses.slice(0, 6))}
</div>
</section>
${topicList(index)}`,
  });
}
