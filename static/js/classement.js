// Ranking by drag: the new order is sent as "ordre"; the buttons Monter and Descendre need no script.
/* global Sortable */
function brancher(liste) {
  if (liste.dataset.branche || typeof Sortable === "undefined") return;
  liste.dataset.branche = "oui";
  const annonce = liste.parentElement.querySelector("[data-classement-annonce]");
  const envoyer = async (ligne) => {
    const ordre = [...liste.children].map((li) => li.dataset.pk);
    const corps = new FormData();
    corps.set("csrfmiddlewaretoken", liste.querySelector("[name=csrfmiddlewaretoken]").value);
    corps.set("ordre", ordre.join(","));
    const reponse = await fetch(liste.dataset.classement, { method: "POST", body: corps, credentials: "same-origin" }).catch(() => null);
    if (!reponse || !reponse.ok) return location.reload();
    numeroter();
    const titre = ligne.querySelector("h3").textContent.trim();
    if (annonce) annonce.textContent = `${titre}\u00a0: rang ${[...liste.children].indexOf(ligne) + 1} sur ${ordre.length}.`;
  };
  const numeroter = () => {
    [...liste.children].forEach((li, i, tous) => {
      li.querySelector("[name=monter]").disabled = i === 0;
      li.querySelector("[name=descendre]").disabled = i === tous.length - 1;
    });
  };
  const calme = matchMedia("(prefers-reduced-motion: reduce)").matches;
  Sortable.create(liste, { animation: calme ? 0 : 150, filter: "button, a", preventOnFilter: false, onEnd: (e) => e.oldIndex !== e.newIndex && envoyer(e.item) });
  // With a script the buttons move the line in place and keep the focus.
  liste.addEventListener("submit", (e) => {
    const bouton = e.submitter;
    const ligne = bouton?.closest("li");
    if (!ligne) return;
    e.preventDefault();
    if (bouton.name === "monter") ligne.previousElementSibling?.before(ligne);
    else ligne.nextElementSibling?.after(ligne);
    envoyer(ligne).then(() => (bouton.disabled ? ligne.querySelector("button:not(:disabled)") : bouton)?.focus());
  });
}
document.querySelectorAll("[data-classement]").forEach(brancher);
