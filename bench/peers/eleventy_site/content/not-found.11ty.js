import { page } from "../lib/page.js";

export const data = { permalink: "/404.html", eleventyExcludeFromCollections: true };
export const render = (data) =>
  page(data, {
    title: "There is nothing here",
    description: "There is nothing here.",
    main: '<div class="wrap listhead"><h1>There is nothing here</h1><p><a href="/catalogue/">See all courses and badges</a></p></div>',
  });
