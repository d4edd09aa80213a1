// Open Badges and schema.org.
import { iso } from "./html.js";
import { level } from "./catalogue.js";

export const organisation = (index, issuer) => ({
  "@type": "Organization",
  "@id": `${index.base}/issuers/${issuer.id}/`,
  url: issuer.url,
  name: issuer.name,
});

export const terms = (index, ids) =>
  ids.map((id) => {
    const address = `${index.base}/skills/${id}/`;
    return { "@type": "DefinedTerm", "@id": address, url: address, name: index.skills.get(id).name };
  });

export function shared(index, url, data) {
  const topic = index.topicOf(data);
  const address = index.base + url;
  return {
    "@id": address,
    url: address,
    name: data.name,
    description: data.description,
    provider: organisation(index, index.organiser(data)),
    educationalLevel: [
      {
        "@type": "DefinedTerm",
        name: data.level[0],
        termCode: level(data),
        inDefinedTermSet: {
          "@type": "DefinedTermSet",
          name: "Australian Qualifications Framework",
          url: "https://www.aqf.edu.au/",
        },
      },
    ],
    inLanguage: "en",
    keywords: data.tag,
    about: { "@type": "Thing", name: topic.name, url: `${index.base}/topics/${topic.id}/` },
    datePublished: iso(data.datePublished),
  };
}

const alignment = (index, ids) =>
  ids.map((id) => {
    const skill = index.skills.get(id);
    return {
      targetName: skill.name,
      targetUrl: `${index.base}/skills/${id}/`,
      targetDescription: skill.statement,
      targetFramework: "Bench skills",
      targetCode: skill.code,
    };
  });

export function badgeClass(index, badge) {
  const { data } = badge;
  const address = index.base + badge.url;
  return {
    "@context": "https://w3id.org/openbadges/v2",
    type: "BadgeClass",
    id: `${address}badge.json`,
    "@language": "en",
    version: data.version,
    name: data.name,
    description: data.description,
    image: { type: "schema:ImageObject", id: `${address}image.png`, caption: data.image.caption },
    criteria: { id: address, narrative: index.narrative(badge) },
    issuer: `${index.base}/issuers/${data.issuer}/issuer.json`,
    tags: data.tag,
    alignment: alignment(index, data.skill),
    related: [
      {
        type: ["https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement"],
        id: `${address}achievement.json`,
        version: "Open Badges v3p0",
      },
    ],
  };
}

export const profile = (index, issuer) => ({
  id: `${index.base}/issuers/${issuer.id}/profile.json`,
  type: ["Profile"],
  name: issuer.name,
  url: issuer.url,
  email: issuer.email,
  description: issuer.description,
});

export const CONTEXT = [
  "https://www.w3.org/ns/credentials/v2",
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

export function achievement(index, badge) {
  const { data } = badge;
  const address = index.base + badge.url;
  return {
    "@context": CONTEXT,
    id: `${address}achievement.json`,
    type: ["Achievement"],
    name: data.name,
    description: data.description,
    inLanguage: "en",
    version: data.version,
    achievementType: data.achievementType,
    image: { id: `${address}image.png`, type: "Image", caption: data.image.caption },
    criteria: { id: address, narrative: index.narrative(badge) },
    creator: profile(index, index.issuers.get(data.issuer)),
    tag: data.tag,
    alignment: alignment(index, data.skill).map((one) => ({ type: ["Alignment"], ...one, targetType: "ext:Skill" })),
    related: [
      { type: ["Related", "https://w3id.org/openbadges#BadgeClass"], id: `${address}badge.json`, version: "Open Badges v2p0" },
    ],
  };
}
