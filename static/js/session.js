// A session ends; what was typed does not. The page warns before the end, asks whose session it is
// before it sends a form (unless it has just come), and lets its person log in again in place.
// Everything here is an addition: without script, the server gives back what it could not take
// (account/session_finie.html).
const { compte, session: adresse } = document.body.dataset;
const SECONDE = 1000;
const AVIS = 5 * 60; // seconds before the end
const inactivite = Number(document.body.dataset.sessionInactivite);
const CLE_VUE = `quatuor-vue-${compte}`;
const avis = document.querySelector("[data-session-avis]");
const reprise = document.querySelector("[data-session-reprise]");
let attend = null; // the submission that waits for a session: { form, bouton }

// --- What the server says -------------------------------------------------------------------------

async function demander(corps) {
  const options = { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(15 * SECONDE) };
  const reponse = await fetch(adresse, corps ? { ...options, method: "POST", body: corps } : options);
  if (!reponse.ok) throw new Error(String(reponse.status));
  return reponse.json();
}

// A login in another tab changes the token of every form.
function rafraichir(jeton) {
  for (const champ of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) champ.value = jeton;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": jeton }));
}

async function prolonger() {
  const corps = new FormData();
  corps.set("csrfmiddlewaretoken", (await demander()).jeton);
  const etat = await demander(corps);
  rafraichir(etat.jeton);
  return etat;
}

// --- The notice before the end ----------------------------------------------------------------------

// The page guesses from its own clock; the server, asked just before, is who says. Asking is no use of
// the site. The tabs of one browser are one session: the last to have spoken holds for all.
const noter = () => {
  try { localStorage.setItem(CLE_VUE, String(Date.now())); } catch { /* this tab alone counts */ }
};
const derniere = () => {
  try { return Number(localStorage.getItem(CLE_VUE)) || 0; } catch { return 0; }
};
const chargee = Date.now();
const devinee = () => Math.max(derniere(), chargee) + inactivite * SECONDE;
let finDuJour = Infinity; // unknown until the server has said it
let fin = 0; // what the server last said, if it is later than what is guessed

async function apprendre() {
  const etat = await demander();
  if (etat.compte !== compte) return (fin = finDuJour = Date.now());
  finDuJour = Date.now() + etat.jour * SECONDE;
  fin = Date.now() + etat.reste * SECONDE;
  return fin;
}

function dire(texte, bouton) {
  avis.querySelector("[data-session-texte]").textContent = texte;
  avis.querySelector("button").textContent = bouton;
  avis.hidden = false;
}

async function veiller() {
  const presque = () => Math.min(Math.max(devinee(), fin), finDuJour) - Date.now() <= AVIS * SECONDE;
  if (presque()) await apprendre().catch(() => null);
  const secondes = (fin - Date.now()) / SECONDE;
  if (!presque()) avis.hidden = true;
  else if (secondes <= 0) {
    dire("Votre session a pris fin. Ce que vous avez écrit est toujours dans cette page.", "Me reconnecter");
  } else if (avis.hidden) {
    const minutes = Math.max(1, Math.round(secondes / 60));
    const duree = `${minutes}\u00a0minute${minutes > 1 ? "s" : ""}`;
    if (finDuJour - Date.now() <= AVIS * SECONDE)
      dire(`Dans ${duree}, votre mot de passe vous sera redemandé : c’est le cas une fois par jour.`, "Me reconnecter");
    else dire(`Sans geste de votre part, votre session prend fin dans ${duree}.`, "Rester connecté");
  }
}

avis.addEventListener("click", async (e) => {
  if (!e.target.closest("button")) return;
  if (e.target.textContent.trim() === "Me reconnecter") return ouvrir("Reconnectez-vous ici : rien de ce que vous avez écrit n’est perdu.");
  try {
    const etat = await prolonger();
    if (etat.compte !== compte) return ouvrir(pourquoi(etat));
    noter();
    fin = Date.now() + etat.reste * SECONDE;
    avis.hidden = true;
  } catch {
    dire("Le site ne répond pas : vérifiez votre connexion, puis réessayez.", "Rester connecté");
  }
});

// --- Before a form is sent ----------------------------------------------------------------------------

// A page of this minute, and the last that this browser opened, has the session it was made for.
const CLE_PAGE = "quatuor-page";
const cettePage = `${Date.now()}-${Math.random()}`;
let sure = Date.now();
try { localStorage.setItem(CLE_PAGE, cettePage); } catch { /* asked each time */ }
function estFraiche() {
  try { return navigator.onLine && Date.now() - sure < 60 * SECONDE && localStorage.getItem(CLE_PAGE) === cettePage; } catch { return false; }
}

document.addEventListener(
  "submit",
  async (e) => {
    const form = e.target;
    if (form.method !== "post" || form.hasAttribute("hx-post") || form.dataset.sansVerification !== undefined) return;
    if (form.dataset.verifiee) return void delete form.dataset.verifiee;
    if (estFraiche()) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    if (form.dataset.enVerification) return;
    form.dataset.enVerification = "oui";
    attend = { form, bouton: e.submitter };
    try {
      const etat = await demander();
      if (etat.compte === compte) {
        rafraichir(etat.jeton);
        // A download leaves the page in place: the form may serve again (as in formulaire.js).
        setTimeout(() => delete form.dataset.enVerification, 4 * SECONDE);
        return envoyer();
      } else {
        ouvrir(pourquoi(etat));
      }
    } catch {
      dire("Rien n’est parti : le site ne répond pas. Votre texte reste dans cette page ; réessayez quand la connexion sera revenue.", "Rester connecté");
    }
    delete form.dataset.enVerification;
  },
  true,
);

function envoyer() {
  const { form, bouton } = attend;
  attend = null;
  if (!form.isConnected) return;
  form.dataset.verifiee = "oui";
  form.requestSubmit(bouton?.isConnected ? bouton : undefined);
}

// --- Logging in again, in place -----------------------------------------------------------------------

const pourquoi = (etat) =>
  etat.compte
    ? "Une autre personne s’est connectée dans ce navigateur. Pour envoyer ce que vous avez écrit, reconnectez-vous."
    : "Votre session a pris fin. Ce que vous avez écrit est toujours dans cette page : reconnectez-vous, et cela partira.";

function ouvrir(texte) {
  reprise.querySelector("[data-session-pourquoi]").textContent = texte;
  reprise.querySelector("[data-session-erreur]").textContent = "";
  if (!reprise.open) reprise.showModal();
  reprise.querySelector("[name=password]").focus();
}

async function poster(url, champs, jeton) {
  const corps = new FormData();
  for (const [nom, valeur] of Object.entries({ ...champs, csrfmiddlewaretoken: jeton })) corps.set(nom, valeur);
  const entetes = { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
  return fetch(url, { method: "POST", body: corps, credentials: "same-origin", headers: entetes });
}

const TROP = "Trop de tentatives : attendez quelques minutes, sans quitter cette page.";
const zoneCode = reprise.querySelector("[data-session-code]");
const boutonCle = reprise.querySelector("[data-session-cle]");
let cles = null; // js/cles.js, fetched under the very name that a page gives it: two copies would ask twice
let aSigner = null; // what a key of this person may sign, once the password is known to be right

// The password is right, and does not suffice: the page that asks for the rest says what may answer.
async function demanderLeCode(form) {
  const page = new DOMParser().parseFromString(await (await fetch(form.dataset.code, { credentials: "same-origin" })).text(), "text/html");
  const options = JSON.parse(page.getElementById("cle-options")?.textContent ?? "null")?.request_options;
  cles ??= await import(form.dataset.cles);
  aSigner = cles.lisible && options?.publicKey.allowCredentials?.length ? options : null;
  zoneCode.hidden = false;
  boutonCle.hidden = !aSigner;
  form.elements.password.closest(".q-champ").hidden = true;
}

function recommencer(form) {
  zoneCode.hidden = boutonCle.hidden = true;
  form.elements.password.closest(".q-champ").hidden = false;
  form.elements.code.value = "";
}

// Null once one is back; what is wrong otherwise, or nothing when a second factor is awaited.
async function reconnecter(form, parCle) {
  let etat = await demander();
  if (zoneCode.hidden) {
    // Of somebody else, of yesterday, or left before its second factor.
    if (etat.compte !== compte || finDuJour - Date.now() <= AVIS * SECONDE) {
      await poster(form.dataset.sortie, {}, etat.jeton);
      etat = await demander();
    }
    if (!etat.compte) {
      const champs = { login: form.elements.login.value, password: form.elements.password.value };
      const reponse = await poster(form.action, champs, etat.jeton);
      if (reponse.status === 429) return TROP;
      if (!reponse.ok) return "L’adresse et le mot de passe ne vont pas ensemble.";
      if ((await reponse.json()).location === form.dataset.code) {
        await demanderLeCode(form);
        return "";
      }
    }
  } else if (!etat.compte) {
    const champs = parCle ? { credential: await cles.repondre(aSigner) } : { code: form.elements.code.value };
    const reponse = await poster(form.dataset.code, champs, etat.jeton);
    if (reponse.status === 429) return TROP;
    etat = await demander();
    if (!etat.compte) {
      if (new URL(reponse.url).pathname === form.dataset.code) {
        if (parCle) await demanderLeCode(form);
        return parCle ? "Cette clé n’a pas été reconnue." : "Ce code n’est pas le bon, ou il a déjà servi.";
      }
      recommencer(form);
      return "Trop de temps a passé : redonnez votre mot de passe.";
    }
  }
  etat = await demander();
  if (etat.compte !== compte) return "Ce compte ne s’est pas ouvert. Réessayez.";
  finDuJour = Date.now() + etat.jour * SECONDE;
  fin = Date.now() + etat.reste * SECONDE;
  rafraichir(etat.jeton);
  return null;
}

reprise.addEventListener("submit", async (e) => {
  if (e.submitter?.value === "fermer") return;
  e.preventDefault();
  const form = e.target;
  const dire = reprise.querySelector("[data-session-erreur]");
  dire.textContent = "";
  const parCle = e.submitter?.value === "cle";
  const erreur = await reconnecter(form, parCle).catch((raison) =>
    raison instanceof DOMException && parCle ? cles.pourquoi(raison) : "Le site ne répond pas. Réessayez dans un instant.",
  );
  form.elements.password.value = "";
  dire.textContent = erreur;
  if (erreur !== null) return form.elements[zoneCode.hidden ? "password" : "code"].focus();
  recommencer(form);
  noter();
  reprise.close();
  avis.hidden = true;
  if (attend) envoyer();
});
reprise.addEventListener("close", () => reprise.returnValue === "fermer" && (attend = null));

noter();
// What a page asks again by itself (suivi/progression.html) is no use of the site, for the server either.
const spontanee = (e) => "Quatuor-Attente" in (e.detail.requestConfig?.headers ?? {});
document.addEventListener("htmx:afterRequest", (e) => e.detail.successful && !spontanee(e) && noter());
setInterval(veiller, 20 * SECONDE);
document.addEventListener("visibilitychange", () => document.hidden || veiller());
veiller();
// Twelve hours are counted from a login that this page has not seen: asked where one writes at length,
// then once in a while.
if (document.querySelector("main form textarea")) apprendre().then(veiller, () => null);
setInterval(() => document.hidden || apprendre().catch(() => null), 15 * 60 * SECONDE);
