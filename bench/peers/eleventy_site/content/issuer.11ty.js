import { each, escape, script } from "../lib/html.js";
import { organisation } from "../lib/linked.js";
import { page } from "../lib/page.js";

export const data = {
  pagination: { data: "issuers", size: 1, alias: "issuer" },
  permalink: (data) => `/issuers/${data.issuer.id}/index.html`,
  eleventyExcludeFromCollections: true,
};

export function render(data) {
  const { issuer, site, collections } = data;
  const { index } = collections;
  const badges = index.badgesOf.issuer.get(issuer.id) ?? [];
  const { url } = data.page;
  const address = site.url + url;
  const linked = {
    "@context": "https://schema.org",
    ...organisation(index, issuer),
    description: issuer.description,
    email: issuer.email,
    mainEntityOfPage: address,
  };
  return page(data, {
    title: issuer.name,
    description: issuer.description,
    section: "issuers",
    alternates: `<link rel="alternate" type="application/ld+json" title="Open Badges 3.0" href="${url}profile.json">
<link rel="alternate" type="application/ld+json" title="Open Badges 2.0" href="${url}issuer.json">`,
    head: script(linked),
    main: `<div class="band">
<div class="wrap org">
<span class="mark" aria-hidden="true">${issuer.name[0]}</span>
<div>
<h1>${escape(issuer.name)}</h1>
<p class="promise">${escape(issuer.description)}</p>
</div>
</div>
</div>
<section class="wrap" id="s-badges">
<div class="sechead"><h2>${badges.length} badges</h2></div>
<ul class="tiles dense">
${each(badges, index.tile)}
</ul>
</section>
<section class="wrap split">
<header><h2>Who they are</h2></header>
<div>
<dl class="label">
<div><dt>Website</dt><dd><a href="${issuer.url}">${issuer.url}</a></dd></div>
<div><dt>Ask about badges</dt><dd><a href="mailto:${issuer.email}">${issuer.email}</a></dd></div>
</dl>
<div class="prose">${index.markdown.render(issuer.text)}</div>
</div>
</section>
<section class="wrap">
<div class="sechead"><h2>Courses</h2></div>
<ul class="rows">
${each(index.coursesOf.issuer.get(issuer.id) ?? [], index.row)}
</ul>
</section>
<section class="wrap split" id="s-issue">
<header><h2>For machines</h2></header>
<dl class="label urls">
<div><dt>Issuer, Open Badges 2.0</dt><dd class="url"><a href="${url}issuer.json">${address}issuer.json</a></dd></div>
<div><dt>Issuer, Open Badges 3.0</dt><dd class="url"><a href="${url}profile.json">${address}profile.json</a></dd></div>
<div><dt>All badges as JSON</dt><dd class="url"><a href="${url}badges.json">${address}badges.json</a></dd></div>
</dl></section>`,
  });
}
