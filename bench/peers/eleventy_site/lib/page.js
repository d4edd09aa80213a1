// The frame of every page.
import { footer } from "./footer.js";
import { each, escape } from "./html.js";

const SECTIONS = ["Courses", "Badges", "Skills"];

const masthead = (site, section) => `<header class="mast">
<div class="wrap">
<a class="brand" href="/"><span>${escape(site.name)}</span></a>
<button class="more" type="button" popovertarget="s-menu">Menu</button>
<nav class="menu" id="s-menu" popover aria-label="Main">
<ul>
${each(SECTIONS, (name) => `<li><a href="/${name.toLowerCase()}/"${name.toLowerCase() === section ? ' aria-current="true"' : ""}>${name}</a></li>`)}
</ul>
</nav>
</div>
</header>`;

export const crumbs = (topic, section, name) => `<nav class="strip" aria-label="Breadcrumb">
<ol class="wrap">
<li class="bul" aria-hidden="true">${topic.name[0]}</li>
<li><a href="/topics/${topic.id}/">${escape(topic.name)}</a></li>
<li><a href="/${section.toLowerCase()}/">${section}</a></li>
<li aria-current="page">${escape(name)}</li>
</ol>
</nav>`;

export const trail = (site, steps) => ({
  "@context": "https://schema.org",
  "@type": "BreadcrumbList",
  itemListElement: [{ name: site.name, item: `${site.url}/` }, ...steps].map((step, at) => ({
    "@type": "ListItem",
    position: at + 1,
    ...step,
  })),
});

export function page(data, { title, description, section = "", alternates = "", image = "", head = "", strip = "", main, tags }) {
  const { site } = data;
  const whole = title === site.name ? title : `${title} | ${site.name}`;
  const address = site.url + data.page.url;
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(whole)}</title>
<meta name="description" content="${escape(description)}">
<meta name="color-scheme" content="light dark">
<link rel="canonical" href="${address}">
<link rel="preload" href="/fonts/archivo-latin.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/css/site.css">
<link rel="stylesheet" href="/css/print.css" media="print">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${alternates}
<link rel="alternate" type="application/atom+xml" title="News feed" href="/feed.xml">
<link rel="alternate" type="application/feed+json" title="News as JSON" href="/feed.json">
<link rel="alternate" type="application/json" title="Whole catalogue as JSON" href="/catalogue.json">
<meta property="og:type" content="website">
<meta property="og:site_name" content="${escape(site.name)}">
<meta property="og:title" content="${escape(whole)}">
<meta property="og:description" content="${escape(description)}">
<meta property="og:locale" content="en">
<meta property="og:url" content="${address}">
${image}
<meta name="twitter:card" content="summary">
${head}
</head>
<body class="page-${section}">
<a class="skip" href="#s-main">Skip to content</a>
${masthead(site, section)}
${strip}
<main id="s-main" tabindex="-1">
${main}
${tags ? `<div class="wrap tags">\n<p>Tags</p>\n<ul>\n${each(tags, (tag) => `<li>${escape(tag)}</li>`)}\n</ul>\n</div>` : ""}
<p class="source wrap">${address}</p>
</main>
${footer}
</body>
</html>
`;
}
