export const data = {
  pagination: { data: "issuers", size: 1, alias: "issuer" },
  permalink: (data) => `/issuers/${data.issuer.id}/issuer.json`,
  eleventyExcludeFromCollections: true,
};
export function render({ issuer, site }) {
  const address = `${site.url}/issuers/${issuer.id}/`;
  const document = {
    "@context": "https://w3id.org/openbadges/v2",
    type: "Issuer",
    id: `${address}issuer.json`,
    "@language": "en",
    name: issuer.name,
    description: issuer.description,
    url: issuer.url,
    email: issuer.email,
    verification: { type: "VerificationObject", allowedOrigins: ["bench.example", issuer.assertionHosts[0]] },
    related: [
      {
        type: ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile"],
        id: `${address}profile.json`,
        version: "Open Badges v3p0",
      },
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
