import { badgeClass } from "../lib/linked.js";

export const data = {
  pagination: { data: "issuers", size: 1, alias: "issuer" },
  permalink: (data) => `/issuers/${data.issuer.id}/badges.json`,
  eleventyExcludeFromCollections: true,
};
export function render({ issuer, site, collections }) {
  const { index } = collections;
  const badges = (index.badgesOf.issuer.get(issuer.id) ?? []).map((badge) => badgeClass(index, badge));
  return `${JSON.stringify({ issuer: `${site.url}/issuers/${issuer.id}/issuer.json`, badges }, null, 2)}\n`;
}
