import { iso } from "../lib/html.js";

export const data = { permalink: "/catalogue.json", eleventyExcludeFromCollections: true };

const common = (index, { url, fileSlug, data }) => ({
  id: fileSlug,
  page: index.base + url,
  name: data.name,
  description: data.description,
  inLanguage: "en",
  status: "published",
  tag: data.tag,
  topic: data.topic,
  datePublished: iso(data.datePublished),
  issuer: data.issuer ?? data.provider,
  issuerUrl: `${index.base}/issuers/${data.issuer ?? data.provider}/`,
  skill: data.skill,
  skillUrl: data.skill.map((id) => `${index.base}/skills/${id}/`),
  assessment: data.assessment,
  level: data.level,
  volumeOfLearning: data.volumeOfLearning,
});

const badge = (index, item) => {
  const { data } = item;
  const address = index.base + item.url;
  return {
    ...common(index, item),
    version: data.version,
    image: { id: `${address}image.png`, caption: data.image.caption },
    achievementType: data.achievementType,
    badgeKind: "micro-credential",
    requirement: data.requirement,
    validFor: data.validFor,
    renewal: data.renewal,
    criteria: { id: address, narrative: index.narrative(item) },
    files: {
      achievement: `${address}achievement.json`,
      badgeClass: `${address}badge.json`,
      image: `${address}image.png`,
    },
  };
};

const course = (index, item) => ({
  ...common(index, item),
  courseCode: item.data.courseCode,
  awards: item.data.awards,
  learningOutcome: item.data.learningOutcome,
  mode: item.data.mode,
  workIntegrated: false,
  price: item.data.price,
  offerings: item.data.offerings,
  body: index.absolute(item),
});

export function render({ site, topics, skills, issuers, collections }) {
  const { index } = collections;
  const whole = {
    name: site.name,
    description: site.description,
    url: `${site.url}/`,
    language: "en",
    issuers: issuers.map((one) => ({ page: `${site.url}/issuers/${one.id}/`, ...one })),
    skills: skills.map((one) => ({ page: `${site.url}/skills/${one.id}/`, ...one })),
    badges: index.badges.map((item) => badge(index, item)),
    courses: index.courses.map((item) => course(index, item)),
    topics: topics.map((one) => ({ page: `${site.url}/topics/${one.id}/`, ...one })),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
