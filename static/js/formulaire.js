// Forms: the focus goes to the error summary; a form is not sent twice.
const premiere = document.querySelector("[data-erreurs]:not([data-exemple] *)");
if (premiere) {
  premiere.focus();
  if (!document.title.startsWith("Erreur")) document.title = `Erreur : ${document.title}`;
}

document.addEventListener("submit", (e) => {
  const form = e.target;
  if (e.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.parti) return void e.preventDefault();
  form.dataset.parti = "oui";
  // A download leaves the page in place: the form may serve again.
  setTimeout(() => delete form.dataset.parti, 4000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-parti]")) delete form.dataset.parti;
});

// A search goes out without what was left empty: its address stays one that can be read, and sent.
document.addEventListener("formdata", (e) => {
  if (e.target.getAttribute("role") !== "search") return;
  for (const nom of new Set(e.formData.keys())) {
    if (e.formData.getAll(nom).every((valeur) => valeur === "")) e.formData.delete(nom);
  }
});

// « Copier »: what the button names goes to the clipboard; hidden where there is none.
for (const bouton of document.querySelectorAll("[data-copier]")) {
  if (!navigator.clipboard) continue;
  bouton.hidden = false;
  bouton.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(bouton.dataset.copier).textContent.trim());
    bouton.textContent = "Adresse copiée";
  });
}
