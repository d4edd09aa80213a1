import { latest } from "../lib/news.js";

export const data = { permalink: "/feed.json", eleventyExcludeFromCollections: true };
export function render({ site, collections }) {
  const { index } = collections;
  const items = latest(index).map(({ url, data }) => ({
    id: site.url + url,
    url: site.url + url,
    title: data.name,
    content_text: data.description,
    date_published: new Date(data.datePublished).toISOString(),
    date_modified: new Date(data.datePublished).toISOString(),
    authors: [{ name: index.organiser(data).name, url: `${site.url}/issuers/${data.issuer ?? data.provider}/` }],
    tags: data.tag,
    language: "en",
  }));
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title: site.name,
    home_page_url: `${site.url}/`,
    feed_url: `${site.url}/feed.json`,
    language: "en",
    items,
  };
  return `${JSON.stringify(feed, null, 2)}\n`;
}
