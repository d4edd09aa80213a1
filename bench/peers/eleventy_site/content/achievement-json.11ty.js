import { achievement } from "../lib/linked.js";

export const data = {
  pagination: { data: "collections.badge", size: 1, alias: "badge" },
  permalink: (data) => `${data.badge.url}achievement.json`,
  eleventyExcludeFromCollections: true,
};
export const render = ({ badge, collections }) => `${JSON.stringify(achievement(collections.index, badge), null, 2)}\n`;
