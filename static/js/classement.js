// Ranking: by its handle under a mouse or a finger, by Monter and Descendre at the keyboard. The rest
// of a row scrolls the page. The new order is sent as "ordre"; without script the buttons send the form.
/* global Sortable */
function brancher(liste) {
  if (liste.dataset.branche || typeof Sortable === "undefined") return;
  liste.dataset.branche = "oui";
  const suite = liste.parentElement.querySelector("[data-classement-suite]");
  const annonce = suite.querySelector("[data-classement-annonce]");
  const annuler = suite.querySelector("[data-classement-annuler]");
  const lignes = () => [...liste.children];
  const titre = (ligne) => ligne.querySelector("h3").textContent.trim();
  const ranger = (ordre) => liste.append(...ordre);
  let avant = lignes(); // the order that the server has
  let precedent = null; // the one before, that « Annuler » gives back

  // A button at the end of its way stays where the focus is: it says so, and does nothing.
  const numeroter = () =>
    lignes().forEach((li, i, tous) => {
      li.querySelector("[data-rang]").textContent = i + 1;
      for (const [nom, fini] of [["monter", i === 0], ["descendre", i === tous.length - 1]]) {
        const bouton = li.querySelector(`[name=${nom}]`);
        bouton.disabled = false;
        bouton.setAttribute("aria-disabled", fini);
      }
    });
  const dire = (texte) => {
    annonce.textContent = "";
    annonce.textContent = texte;
  };
  const place = (ligne) => `« ${titre(ligne)} »\u00a0: rang ${lignes().indexOf(ligne) + 1} sur ${lignes().length}.`;

  // One order after the other: two quick presses do not overtake each other.
  let file = Promise.resolve();
  function envoyer(phrase) {
    numeroter();
    const ordre = lignes();
    file = file.then(() => poster(ordre, phrase));
    return file;
  }

  async function poster(ordre, phrase) {
    const corps = new FormData();
    corps.set("csrfmiddlewaretoken", liste.querySelector("[name=csrfmiddlewaretoken]").value);
    corps.set("ordre", ordre.map((li) => li.dataset.pk).join(","));
    const reponse = await fetch(liste.dataset.classement, { method: "POST", body: corps, credentials: "same-origin" }).catch(() => null);
    if (!reponse?.ok || reponse.url.includes("/connexion/")) {
      ranger(avant);
      numeroter();
      annuler.hidden = true;
      return dire("L’ordre n’a pas été enregistré. Rechargez la page, puis recommencez.");
    }
    precedent = avant;
    avant = ordre;
    annuler.hidden = false;
    dire(`Ordre enregistré. ${phrase}`);
  }

  const calme = matchMedia("(prefers-reduced-motion: reduce)").matches;
  Sortable.create(liste, {
    animation: calme ? 0 : 150,
    handle: "[data-poignee]",
    onEnd: (e) => e.oldIndex !== e.newIndex && envoyer(place(e.item)),
  });
  liste.addEventListener("submit", (e) => {
    const bouton = e.submitter;
    const ligne = bouton?.closest("li");
    if (!ligne) return;
    e.preventDefault();
    if (bouton.getAttribute("aria-disabled") === "true") return dire(place(ligne));
    if (bouton.name === "monter") ligne.previousElementSibling.before(ligne);
    else ligne.nextElementSibling.after(ligne);
    bouton.focus();
    envoyer(place(ligne));
  });
  annuler.addEventListener("click", () => {
    ranger(precedent);
    envoyer("L’ordre d’avant est rétabli.").then(() => {
      annuler.hidden = true;
      liste.querySelector("button").focus();
    });
  });
  numeroter();
}
document.querySelectorAll("[data-classement]").forEach(brancher);
