import { each, escape } from "../lib/html.js";
import { page } from "../lib/page.js";

export const data = {
  pagination: { data: "skills", size: 1, alias: "skill" },
  permalink: ({ skill }) => `/skills/${skill.id}/index.html`,
  eleventyExcludeFromCollections: true,
};

export function render(data) {
  const { skill, collections } = data;
  const { index } = collections;
  return page(data, {
    title: skill.name,
    description: skill.statement,
    section: "skills",
    main: `<div class="band">
<div class="wrap">
<p class="kicker">Skill, <bdi>${skill.code}</bdi></p>
<h1>${escape(skill.name)}</h1>
<p class="promise">${escape(skill.statement)}</p></div>
</div>
<section class="wrap split">
<header><h2>Certified by</h2></header>
<div>
<ul class="tiles">
${each(index.badgesOf.skill.get(skill.id) ?? [], index.tile)}
</ul>
</div>
</section>
<section class="wrap split">
<header><h2>Taught by</h2></header>
<ul class="rows">
${each(index.coursesOf.skill.get(skill.id) ?? [], index.row)}
</ul>
</section>
<section class="wrap split">
<header><h2>Where it belongs</h2></header>
<div>
<dl class="label">
<div><dt>Framework</dt><dd><a href="/frameworks/bench-skills/">Bench skills</a></dd></div>
<div><dt>What it is</dt><dd>Skill</dd></div>
</dl>
</div>
</section>`,
  });
}
