// What the pages look up: made once a build, in time proportional to the number of items.
import { readFileSync } from "node:fs";
import { day, escape } from "./html.js";

const read = (name) => JSON.parse(readFileSync(`content/_data/${name}.json`, "utf8"));
const group = (items, keys) => {
  const found = new Map();
  for (const item of items) {
    for (const key of keys(item.data)) {
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(item);
    }
  }
  return found;
};
const cached = (draw) => {
  const kept = new Map();
  return (item) => {
    if (!kept.has(item.url)) kept.set(item.url, draw(item));
    return kept.get(item.url);
  };
};
export const level = (data) => data.level[0].split(" ")[1];

export function makeIndex(badges, courses, markdown) {
  const topics = new Map(read("topics").map((one) => [one.id, one]));
  const issuers = new Map(read("issuers").map((one) => [one.id, one]));
  const skills = new Map(read("skills").map((one) => [one.id, one]));
  const { url: base } = read("site");
  const order = new Intl.Collator("en");
  const byName = (items) => [...items].sort((a, b) => order.compare(a.data.name, b.data.name));
  badges = byName(badges);
  courses = byName(courses);
  const bySlug = new Map(badges.map((badge) => [badge.fileSlug, badge]));
  const organiser = (data) => issuers.get(data.issuer ?? data.provider);
  const topicOf = (data) => topics.get(data.topic);

  const tile = cached((badge) => {
    const topic = badge.data.topic;
    return `<li class="tile t-${topic}">
<span class="plate t-${topic}"><img src="${badge.url}image.png" alt="" width="400" height="400" data-art="badge-${badge.fileSlug}" loading="lazy" decoding="async"></span>
<h3><a href="${badge.url}">${escape(badge.data.name)}</a></h3>
<p class="kind">Micro-credential, level ${level(badge.data)}</p>
</li>`;
  });
  const row = cached((course) => {
    const { data } = course;
    return `<li class="row t-${data.topic}">
<span class="plate t-${data.topic}"><img src="${bySlug.get(data.awards[0]).url}image.png" alt="" width="400" height="400" loading="lazy" decoding="async"></span>
<div class="what">
<p class="kind"><span class="bul t-${data.topic}" aria-hidden="true">${topicOf(data).name[0]}</span>Course with micro-credential</p>
<h3><a href="${course.url}">${escape(data.name)}</a></h3>
<p>${escape(data.description)}</p>
<p class="by">${escape(organiser(data).name)}</p>
</div>
<dl class="cols">
<div class="soon"><dt class="vh">Next start</dt><dd>${day(data.offerings[0].startDate)}</dd></div>
<div class="soon cost"><dt class="vh">Price</dt><dd>A$${data.price.split(" ")[0]}</dd></div>
<div><dt>Length</dt><dd>${data.volumeOfLearning}</dd></div>
<div><dt>Level</dt><dd>${level(data)} of 10<span class="lv lv-${level(data)} of-10" aria-hidden="true"></span></dd></div>
<div><dt>How</dt><dd>Online and in person</dd></div>
</dl>
</li>`;
  });
  const absolute = (item) => item.rawInput.trim().replaceAll("](/", `](${base}/`);
  const narrative = cached((badge) => {
    const lines = badge.data.requirement.map(
      (one, at) => `${at + 1}. ${one.name}${one.description ? `: ${one.description}` : ""}`,
    );
    return `${lines.join("\n")}\n\n${absolute(badge)}`;
  });
  return {
    base,
    topics,
    issuers,
    skills,
    badges,
    courses,
    bySlug,
    organiser,
    topicOf,
    tile,
    row,
    absolute,
    narrative,
    markdown,
    teachers: group(courses, (data) => data.awards),
    badgesOf: {
      topic: group(badges, (data) => [data.topic]),
      issuer: group(badges, (data) => [data.issuer]),
      skill: group(badges, (data) => data.skill),
    },
    coursesOf: {
      topic: group(courses, (data) => [data.topic]),
      issuer: group(courses, (data) => [data.provider]),
      skill: group(courses, (data) => data.skill),
    },
  };
}
