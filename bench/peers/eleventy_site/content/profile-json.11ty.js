import { CONTEXT, profile } from "../lib/linked.js";

export const data = {
  pagination: { data: "issuers", size: 1, alias: "issuer" },
  permalink: (data) => `/issuers/${data.issuer.id}/profile.json`,
  eleventyExcludeFromCollections: true,
};
export function render({ issuer, site, collections }) {
  const identifier = `${site.url}/issuers/${issuer.id}/issuer.json`;
  const document = {
    "@context": CONTEXT,
    ...profile(collections.index, issuer),
    otherIdentifier: [{ type: "IdentifierEntry", identifier, identifierType: "identifier" }],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
