import { level } from "../lib/catalogue.js";
import { each, escape, script } from "../lib/html.js";
import { shared, terms } from "../lib/linked.js";
import { crumbs, page, trail } from "../lib/page.js";
import { skillTable, tasks } from "../lib/parts.js";

export function render(data) {
  const { index } = data.collections;
  const { site } = data;
  const { url } = data.page;
  const address = site.url + url;
  const issuer = index.issuers.get(data.issuer);
  const topic = index.topicOf(data);
  const step = level(data);
  const year = new Date(data.datePublished).getUTCFullYear();
  const courses = index.teachers.get(data.page.fileSlug);
  const steps = [
    { name: topic.name, item: `${site.url}/topics/${topic.id}/` },
    { name: "Badges", item: `${site.url}/badges/` },
    { name: data.name, item: address },
  ];
  const credential = {
    "@context": "https://schema.org",
    "@type": "EducationalOccupationalCredential",
    ...shared(index, url, data),
    image: { "@type": "ImageObject", url: `${address}image.png`, caption: data.image.caption },
    credentialCategory: data.achievementType,
    competencyRequired: terms(index, data.skill),
    validFor: `P${data.validFor.split(" ")[0]}Y`,
    version: data.version,
  };
  return page(data, {
    title: data.name,
    description: data.description,
    section: "badges",
    alternates: `<link rel="alternate" type="application/ld+json" title="Open Badges 3.0" href="${url}achievement.json">
<link rel="alternate" type="application/ld+json" title="Open Badges 2.0" href="${url}badge.json">`,
    image: `<meta property="og:image" content="${address}image.png">
<meta property="og:image:alt" content="${escape(data.image.caption)}">`,
    head: `${script(credential)}\n${script(trail(site, steps))}`,
    strip: crumbs(topic, "Badges", data.name),
    tags: data.tag,
    main: `<div class="first">
<div class="bigplate">
<span class="plate t-${topic.id} object"><img src="${url}image.png" alt="${escape(data.image.caption)}" width="400" height="400" data-art="badge-${data.page.fileSlug}"></span>
<p class="acc">edition ${data.version}, ${year}</p>
</div>
<div class="id">
<p class="kicker">Micro-credential, level ${step} of 10 <span class="lv lv-${step} of-10" aria-hidden="true"></span></p>
<h1>${escape(data.name)}</h1>
<div class="real">
<span class="mark" aria-hidden="true">${issuer.name[0]}</span>
<p><b>Awarded by ${escape(issuer.name)} since ${year}</b>. To be sure of one person's copy, <a href="#s-check">check it</a>.</p>
</div>
<dl class="label six">
<div class="represents">
<dt>Stands for <span class="note">Stated here</span></dt>
<dd>${escape(data.description)}</dd>
</div>
<div class="earned">
<dt>Earned by <span class="note">Stated here</span></dt>
<dd>${data.requirement.map((one) => escape(one.name)).join("; ")}</dd>
</div>
<div class="issuer">
<dt>Issued by <span class="note">Here and in each badge</span></dt>
<dd><a href="/issuers/${issuer.id}/">${escape(issuer.name)}</a></dd>
</div>
<div class="evidence">
<dt>Evidence <span class="note">In each badge</span></dt>
<dd>An issued badge links to its evidence where the holder agrees.</dd>
</div>
<div class="validity">
<dt>Valid <span class="note">Here and in each badge</span></dt>
<dd>${data.validFor} from the day of issue. Each issued badge states the day.</dd>
</div>
<div class="holder">
<dt>Held by <span class="note">In each badge</span></dt>
<dd>Each issued badge names its holder and the day it was earned. This page names nobody.</dd>
</div>
</dl>
</div>
</div>
<dl class="strip-facts wrap">
<div><dt>Study time</dt><dd>${data.volumeOfLearning}</dd></div>
<div><dt>Level</dt><dd>${step} of 10<span class="lv lv-${step} of-10" aria-hidden="true"></span> <span class="note">Australian Qualifications Framework</span></dd></div>
<div><dt>Valid for</dt><dd>${data.validFor}</dd></div>
</dl>
<div class="sections">
<section class="wrap split" id="s-takes">
<header><h2>What it takes</h2><p>Both are required.</p></header>
<div>
<ol class="reqs">
${each(data.requirement, (one) => `<li><div><h3>${escape(one.name)}</h3>${one.description ? `<p>${escape(one.description)}</p>` : ""}</div></li>`)}
</ol>
<div class="prose criteria">${data.content}</div>
</div>
</section>
<section class="wrap split" id="s-judged">
<header><h2>How it is judged</h2></header>
<div>${tasks(data.assessment)}</div>
</section>
<section class="wrap split" id="s-skills">
<header><h2>Skills it certifies</h2><p>With their codes, so that a résumé system reads them the same way.</p></header>
<div>${skillTable(index, data.skill)}</div>
</section>
${
  courses
    ? `<section class="wrap split" id="s-courses">
<header><h2>How to get it</h2><p>This course leads to it.</p></header>
<ul class="rows">
${each(courses, index.row)}
</ul>
</section>`
    : ""
}
<section class="verify" id="s-check">
<div class="wrap split">
<header><h2>Check someone's badge</h2><p>This page tells what the badge means. Only the badge itself tells who holds it.</p></header>
<ol class="steps">
<li><h3>Ask for the badge itself</h3><p>Ask the holder for the badge's web address or its image file. A picture or a screenshot proves nothing.</p></li>
<li><h3>Check it</h3><p>Open the address. It shows who was awarded the badge, and when. A genuine one comes from <bdi>${issuer.assertionHosts[0]}</bdi>.</p></li>
<li><h3>Match three things</h3><p>The name of the holder, the day of award, and the address of this page. If one of them differs, ask <a href="mailto:${issuer.email}">${issuer.email}</a>.</p></li>
</ol>
</div>
</section>
<section class="wrap split">
<header><h2>How long it counts</h2></header>
<div class="prose">
<p>It counts for ${data.validFor} from the day it is issued. The day stands in each badge.</p>
<p><b>To renew it:</b> ${escape(data.renewal.description)}</p>
</div>
</section>
<section class="wrap split" id="s-issue">
<header><h2>If you issue it</h2><p>Permanent addresses to use in a badge platform.</p></header>
<dl class="label urls">
<div><dt>Badge class, Open Badges 2.0</dt><dd class="url"><a href="${url}badge.json">${address}badge.json</a></dd></div>
<div><dt>Achievement, Open Badges 3.0</dt><dd class="url"><a href="${url}achievement.json">${address}achievement.json</a></dd></div>
<div><dt>Criteria</dt><dd class="url"><a href="${url}">${address}</a></dd></div>
<div><dt>Image</dt><dd class="url"><a href="${url}image.png">${address}image.png</a></dd></div>
<div><dt>Issuer</dt><dd class="url"><a href="/issuers/${issuer.id}/">${site.url}/issuers/${issuer.id}/</a></dd></div>
</dl>
</section>
</div>`,
  });
}
