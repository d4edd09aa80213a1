// The latest fifty.
export const latest = ({ badges, courses }) =>
  [...badges, ...courses].sort((a, b) => new Date(b.data.datePublished) - new Date(a.data.datePublished)).slice(0, 50);
