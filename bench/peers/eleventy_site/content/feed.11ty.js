import { each, escape } from "../lib/html.js";
import { latest } from "../lib/news.js";

export const data = { permalink: "/feed.xml", eleventyExcludeFromCollections: true };
export function render({ site, collections }) {
  const { index } = collections;
  const items = latest(index);
  const when = (item) => new Date(item.data.datePublished).toISOString();
  return `<?xml version='1.0' encoding='utf-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>${site.url}/</id>
<title>${escape(site.name)}</title>
<link rel="self" href="${site.url}/feed.xml"/>
<updated>${when(items[0])}</updated>
${each(
  items,
  (item) => `<entry xml:lang="en">
<id>${site.url}${item.url}</id>
<title>${escape(item.data.name)}</title>
<updated>${when(item)}</updated>
<published>${when(item)}</published>
<author><name>${escape(index.organiser(item.data).name)}</name><uri>${site.url}/issuers/${item.data.issuer ?? item.data.provider}/</uri></author>
<link rel="alternate" type="text/html" href="${site.url}${item.url}"/>
<category term="${escape(index.topicOf(item.data).name)}"/>
${each(item.data.tag, (tag) => `<category term="${escape(tag)}"/>`)}
<summary>${escape(item.data.description)}</summary>
</entry>`,
)}
</feed>
`;
}
