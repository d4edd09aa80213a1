// Small pieces that every page needs.
const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const NEEDS = /[&<>"']/;
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export const escape = (text) => {
  const plain = String(text);
  return NEEDS.test(plain) ? plain.replace(/[&<>"']/g, (sign) => SIGNS[sign]) : plain;
};
export const script = (value) =>
  `<script type="application/ld+json">${JSON.stringify(value).replace(/</g, "\\u003c")}</script>`;
export const each = (things, draw) => things.map(draw).join("\n");
export const iso = (date) => new Date(date).toISOString().slice(0, 10);
export const short = (date) => {
  const day = new Date(date);
  return `${MONTHS[day.getUTCMonth()]} ${day.getUTCDate()}`;
};
export const day = (date) => {
  const on = new Date(date);
  return `${DAYS[on.getUTCDay()]}, ${short(on)}, ${on.getUTCFullYear()}`;
};
