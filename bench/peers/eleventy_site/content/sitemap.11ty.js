import { iso } from "../lib/html.js";

export const data = { permalink: "/sitemap.xml", eleventyExcludeFromCollections: true };
export function render({ site, topics, skills, issuers, collections }) {
  const { badges, courses } = collections.index;
  const plain = ["/", "/catalogue/", "/courses/", "/badges/", "/skills/", "/topics/", "/issuers/", "/frameworks/bench-skills/"];
  const entries = [
    ...plain,
    ...topics.map((one) => `/topics/${one.id}/`),
    ...skills.map((one) => `/skills/${one.id}/`),
    ...issuers.map((one) => `/issuers/${one.id}/`),
  ].map((url) => `  <url>\n    <loc>${site.url}${url}</loc>\n  </url>`);
  const items = [...badges, ...courses].map(
    ({ url, data }) => `  <url>\n    <loc>${site.url}${url}</loc>\n    <lastmod>${iso(data.datePublished)}</lastmod>\n  </url>`,
  );
  return `<?xml version='1.0' encoding='utf-8'?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${[...entries, ...items].join("\n")}
</urlset>
`;
}
