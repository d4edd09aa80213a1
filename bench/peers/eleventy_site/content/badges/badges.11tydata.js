export default { layout: "badge.11ty.js", tags: "badge" };
