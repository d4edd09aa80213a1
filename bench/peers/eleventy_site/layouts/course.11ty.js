import { level } from "../lib/catalogue.js";
import { day, each, escape, script, short } from "../lib/html.js";
import { shared, terms } from "../lib/linked.js";
import { crumbs, page, trail } from "../lib/page.js";
import { skillTable, tasks } from "../lib/parts.js";

function courseData(index, data, address, badges) {
  const [run] = data.offerings;
  const common = shared(index, data.page.url, data);
  const hours = `PT${data.volumeOfLearning.split(" ")[0]}H`;
  const offer = { "@type": "Offer", category: "Paid", price: Number(data.price.split(" ")[0]), priceCurrency: "AUD" };
  return {
    "@context": "https://schema.org",
    "@type": "Course",
    ...common,
    courseCode: data.courseCode,
    educationalCredentialAwarded: badges.map((badge) => ({
      "@type": "EducationalOccupationalCredential",
      "@id": index.base + badge.url,
      url: index.base + badge.url,
      name: badge.data.name,
    })),
    teaches: [...data.learningOutcome.map((one) => one.text), ...terms(index, data.skill)],
    timeRequired: hours,
    isAccessibleForFree: false,
    offers: [offer],
    hasCourseInstance: [
      {
        "@type": "CourseInstance",
        "@id": `${address}#s-run-${run.id}`,
        name: data.name,
        url: address,
        startDate: run.startDate,
        endDate: run.endDate,
        courseMode: ["Blended"],
        courseSchedule: { "@type": "Schedule", description: run.schedule, scheduleTimezone: "UTC" },
        courseWorkload: hours,
        eventAttendanceMode: "https://schema.org/MixedEventAttendanceMode",
        eventStatus: "https://schema.org/EventScheduled",
        inLanguage: "en",
        organizer: common.provider,
        offers: [{ ...offer, url: run.enrolUrl, availability: "https://schema.org/InStock" }],
      },
    ],
  };
}

export function render(data) {
  const { index } = data.collections;
  const { site } = data;
  const address = site.url + data.page.url;
  const issuer = index.issuers.get(data.provider);
  const topic = index.topicOf(data);
  const step = level(data);
  const [run] = data.offerings;
  const price = `A$${data.price.split(" ")[0]}`;
  const badges = data.awards.map((slug) => index.bySlug.get(slug));
  const related = (index.badgesOf.topic.get(topic.id) ?? []).slice(0, 5).filter((badge) => !badges.includes(badge));
  const steps = [
    { name: topic.name, item: `${site.url}/topics/${topic.id}/` },
    { name: "Courses", item: `${site.url}/courses/` },
    { name: data.name, item: address },
  ];
  return page(data, {
    title: data.name,
    description: data.description,
    section: "courses",
    image: `<meta property="og:image" content="${site.url}${badges[0].url}image.png">`,
    head: `${script(courseData(index, data, address, badges))}\n${script(trail(site, steps))}`,
    strip: crumbs(topic, "Courses", data.name),
    tags: data.tag,
    main: `<div class="wrap course">
<div class="top">
<h1>${escape(data.name)}</h1>
<p class="promise">${escape(data.description)}</p>
<p class="prov">Taught by <a href="/issuers/${issuer.id}/">${escape(issuer.name)}</a>, <bdi>${data.courseCode}</bdi></p>
</div>
<aside class="rail" aria-label="Key facts">
<div class="box">
<div class="next"><p class="mute">Next start</p><p class="when"><time datetime="${run.startDate}">${day(run.startDate)}</time></p><p class="act"><a class="btn go" href="${run.enrolUrl}">Enrol for ${short(run.startDate)}</a></p></div>
<dl class="">
<div><dt>Length</dt><dd>${data.volumeOfLearning}</dd></div>
<div><dt>Price</dt><dd>${price}</dd></div>
<div><dt>Level</dt><dd>${step} of 10<span class="lv lv-${step} of-10" aria-hidden="true"></span> <span class="note">Australian Qualifications Framework</span></dd></div>
<div><dt>How</dt><dd>Online and in person</dd></div>
<div><dt>You earn</dt><dd><a href="#s-earn">Micro-credential</a></dd></div>
</dl>
</div>
<nav class="contents" aria-label="On this page">
<ul>
<li><a href="#s-able">What you will be able to do</a></li><li><a href="#s-earn">What you earn</a></li><li><a href="#s-assessed">How you are assessed</a></li><li><a href="#s-dates">Dates and prices</a></li></ul>
</nav>
</aside>
<div class="text">
<section id="s-able">
<h2>What you will be able to do</h2>
<ol class="can">
${each(data.learningOutcome, (one) => `<li><span>${escape(one.text)}</span></li>`)}
</ol>
</section>
<section id="s-earn" class="earned">
<h2>What you earn</h2>
<div class="earn">
${each(
  badges,
  (badge) => `<div>
<a class="plate t-${badge.data.topic}" href="${badge.url}" aria-hidden="true" tabindex="-1"><img src="${badge.url}image.png" alt="" width="400" height="400" loading="lazy" decoding="async"></a>
<div>
<h3><a href="${badge.url}">${escape(badge.data.name)}</a></h3>
<p class="mute">Micro-credential, level ${level(badge.data)} of 10, valid ${badge.data.validFor}</p>
<p class="more-of">${escape(badge.data.description)}</p>
</div>
</div>`,
)}
</div>
</section>
<section id="s-assessed">
<h2>How you are assessed</h2>
${tasks(data.assessment)}
</section>
<section id="s-about">
<h2>About this course</h2>
<div class="prose">
${data.content}</div>
</section>
</div>
</div>
<section class="wrap split" id="s-dates">
<header><h2>Dates and prices</h2></header>
<div>
<table class="tbl stack dates">
<thead><tr><th scope="col">Starts</th><th scope="col">When and where</th><th scope="col">Places</th><th scope="col">Price</th><th scope="col">Enrol</th></tr></thead>
<tbody>
<tr id="s-run-${run.id}">
<th scope="row"><time datetime="${run.startDate}">${day(run.startDate)}</time> <span class="note">to ${day(run.endDate)}</span></th>
<td>Online and in person, ${escape(run.schedule)}</td>
<td>Open</td>
<td>${price}</td>
<td><a href="${run.enrolUrl}"><span aria-hidden="true">Enrol</span><span class="vh">Enrol for ${short(run.startDate)}</span></a></td>
</tr>
</tbody>
</table>
</div>
</section>
<section class="wrap split">
<header><h2>Skills it teaches</h2></header>
<div>${skillTable(index, data.skill)}</div>
</section>
<section class="wrap">
<div class="sechead"><h2>On the same topic</h2><a href="/topics/${topic.id}/">${escape(topic.name)}</a></div>
<ul class="tiles">
${each(related.slice(0, 4), index.tile)}
</ul>
</section>`,
  });
}
