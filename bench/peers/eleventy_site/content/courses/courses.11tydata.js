export default { layout: "course.11ty.js", tags: "course" };
