// Parts that several kinds of page show.
import { day, each, escape } from "./html.js";

const capital = (text) => text[0].toUpperCase() + text.slice(1);

export const tasks = (assessment) => `<table class="tbl stack tasks">
<thead><tr><th scope="col">Task</th><th scope="col">What passes</th><th scope="col">How and where</th></tr></thead>
<tbody>
${each(
  assessment,
  (task) => `<tr>
<th scope="row">${escape(task.name)} <span class="share">${task.weight} %</span></th>
<td></td>
<td>${capital(task.type)} <span class="note">Supervised in person</span></td>
</tr>`,
)}
</tbody>
</table>`;

export const skillTable = (index, ids) => `<table class="tbl stack">
<thead><tr><th scope="col">Skill</th><th scope="col">Code</th><th scope="col">Framework</th></tr></thead>
<tbody>
${each(ids, (id) => {
  const skill = index.skills.get(id);
  return `<tr>
<th scope="row"><a href="/skills/${id}/">${escape(skill.name)}</a></th>
<td class="code"><bdi>${skill.code}</bdi></td>
<td><a href="/frameworks/bench-skills/">Bench skills</a></td>
</tr>`;
})}
</tbody>
</table>`;

export const departures = (index, courses) => `<table class="departures">
<thead><tr><th scope="col">Starts</th><th scope="col">Course</th><th scope="col">Where</th><th scope="col" class="r">Places</th><th scope="col" class="r">Price</th></tr></thead>
<tbody>
${each(courses, ({ url, data }) => {
  const [run] = data.offerings;
  return `<tr class="t-${data.topic}">
<td class="when"><time datetime="${run.startDate}">${day(run.startDate)}</time></td>
<th scope="row"><span class="bul t-${data.topic}" aria-hidden="true">${index.topicOf(data).name[0]}</span><a href="${url}">${escape(data.name)}</a></th>
<td class="where">Online and in person</td>
<td class="r places">Open</td>
<td class="r cost">A$${data.price.split(" ")[0]}</td>
</tr>`;
})}
</tbody>
</table>`;

export const topicList = (index) => `<nav class="wrap others" aria-labelledby="s-others">
<h2 id="s-others">Topics</h2>
<ul class="topics">
${each(
  [...index.topics.values()],
  (topic) =>
    `<li class="t-${topic.id}"><a href="/topics/${topic.id}/"><span class="bul" aria-hidden="true">${topic.name[0]}</span>${escape(topic.name)} <span class="n">${(index.badgesOf.topic.get(topic.id) ?? []).length * 2}</span></a></li>`,
)}
</ul>
</nav>`;

export const itemList = (site, items) => ({
  "@context": "https://schema.org",
  "@type": "ItemList",
  numberOfItems: items.length,
  itemListElement: items.map((item, at) => ({
    "@type": "ListItem",
    position: at + 1,
    name: item.data.name,
    url: site.url + item.url,
  })),
});

export const groups = (index, count, { courses, badges }) => `<div class="wrap cat">
<nav class="jump" aria-label="On this page">
<h2>${count} in all</h2>
<ul>
${each(
  [...index.topics.values()],
  (topic) =>
    `<li class="t-${topic.id}"><a href="#s-${topic.id}"><span class="bul" aria-hidden="true">${topic.name[0]}</span>${escape(topic.name)}</a></li>`,
)}
</ul>
</nav>
<div class="results">
${each(
  [...index.topics.values()],
  (topic) => `<section class="group t-${topic.id}" id="s-${topic.id}">
<div class="sechead">
<h2><span class="bul" aria-hidden="true">${topic.name[0]}</span><a href="/topics/${topic.id}/">${escape(topic.name)}</a></h2>
</div>
${courses ? `<ul class="rows">\n${each(index.coursesOf.topic.get(topic.id) ?? [], index.row)}\n</ul>` : ""}
${badges ? `<ul class="tiles">\n${each(index.badgesOf.topic.get(topic.id) ?? [], index.tile)}\n</ul>` : ""}
</section>`,
)}
</div>
</div>`;
