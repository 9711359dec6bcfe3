// Keys (WebAuthn): what the server asks, the browser's own dialog, its answer in a hidden field. A form
// with `data-cle` is hidden until we know that this browser reads keys; `creer` makes one, `repondre`
// signs what the page holds, `entrer` asks the server first what to sign (nobody is logged in).
const octets = (texte) => Uint8Array.from(atob(texte.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const texte = (tampon) =>
  btoa(String.fromCharCode(...new Uint8Array(tampon))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const connues = (liste) => (liste ?? []).map((cle) => ({ ...cle, id: octets(cle.id) }));

export const lisible = Boolean(window.PublicKeyCredential && navigator.credentials);

function ecrire(cle) {
  const reponse = {};
  for (const nom of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (cle.response[nom]) reponse[nom] = texte(cle.response[nom]);
  if (cle.response.getTransports) reponse.transports = cle.response.getTransports();
  return JSON.stringify({
    type: cle.type,
    id: cle.id,
    rawId: texte(cle.rawId),
    response: reponse,
    clientExtensionResults: cle.getClientExtensionResults(),
  });
}

async function creer({ publicKey: p }, seule) {
  const choix = { ...p.authenticatorSelection };
  choix.residentKey = seule ? "required" : "discouraged";
  choix.requireResidentKey = seule;
  if (seule) choix.userVerification = "required";
  const options = { ...p, challenge: octets(p.challenge), user: { ...p.user, id: octets(p.user.id) } };
  options.excludeCredentials = connues(p.excludeCredentials);
  return ecrire(await navigator.credentials.create({ publicKey: { ...options, authenticatorSelection: choix } }));
}

export async function repondre({ publicKey: p }) {
  const options = { ...p, challenge: octets(p.challenge), allowCredentials: connues(p.allowCredentials) };
  return ecrire(await navigator.credentials.get({ publicKey: options }));
}

export async function demander(adresse) {
  const reponse = await fetch(adresse, { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" } });
  if (!reponse.ok) throw new Error(String(reponse.status));
  return (await reponse.json()).request_options;
}

export function pourquoi(erreur) {
  if (erreur.name === "InvalidStateError") return "Cette clé est déjà enregistrée pour votre compte.";
  if (erreur.name === "NotAllowedError") return "Votre clé n’a rien répondu : la fenêtre a été fermée, ou le délai a passé. Réessayez.";
  if (erreur.name === "SecurityError") return "Les clés ne servent qu’à l’adresse habituelle du site, en https.";
  return "La clé n’a pas pu servir. Réessayez dans un instant, ou choisissez un autre moyen.";
}

async function signer(form) {
  const options = () => JSON.parse(document.getElementById("cle-options").textContent);
  if (form.dataset.cle === "creer") return creer(options().creation_options, form.elements.passwordless?.checked ?? false);
  return repondre(form.dataset.cle === "entrer" ? await demander(form.action) : options().request_options);
}

if (lisible) {
  for (const annonce of document.querySelectorAll("[data-cle-absente]")) annonce.hidden = true;
  for (const form of document.querySelectorAll("form[data-cle]")) {
    form.hidden = false;
    form.elements.credential.value = ""; // what a page that refuses it gives back is of no more use
    form.addEventListener("submit", async (e) => {
      if (form.elements.credential.value) return;
      e.preventDefault();
      e.stopPropagation();
      const dire = form.querySelector("[data-cle-erreur]");
      dire.textContent = "";
      try {
        form.elements.credential.value = await signer(form);
        form.requestSubmit(e.submitter);
      } catch (erreur) {
        dire.textContent = pourquoi(erreur);
      }
    });
  }
}
