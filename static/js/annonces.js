// A list that htmx replaces says its new count in a live region that stays: a region that is itself
// replaced is often not read. <… data-annonce> in what comes; [data-annonces] in the page.
const region = document.querySelector("[data-annonces]");
document.addEventListener("htmx:afterSettle", (e) => {
  const mots = [...e.target.querySelectorAll("[data-annonce]")].map((n) => n.textContent.trim()).filter(Boolean);
  if (mots.length && region) region.textContent = mots.join(". ");
});
