// How well a password would hold, while it is typed: advice, the server decides (AUTH_PASSWORD_VALIDATORS).
// A character that repeats or follows the one before is worth little: it is what machines try first.
const MINIMUM = 12; // characters, as the server
const NIVEAUX = [
  [45, 1, "Facile à deviner. Plusieurs mots sans rapport entre eux tiennent mieux."],
  [60, 2, "Correct. Un mot de plus le rendrait bien plus solide."],
  [80, 3, "Solide."],
  [Infinity, 4, "Très solide."],
];

function bits(mot) {
  const sortes = [/[a-zà-ÿ]/, /[A-ZÀ-Þ]/, /\d/, /[^\wà-ÿÀ-Þ]/].map((s) => s.test(mot));
  const alphabet = [26, 26, 10, 20].reduce((n, taille, i) => n + (sortes[i] ? taille : 0), 0);
  let utiles = 0;
  [...mot].forEach((lettre, i) => {
    const ecart = i ? Math.abs(lettre.codePointAt(0) - mot.codePointAt(i - 1)) : 9;
    utiles += ecart > 1 ? 1 : 0.2;
  });
  const differents = new Set(mot.toLowerCase()).size;
  return Math.min(utiles, differents * 2) * Math.log2(alphabet || 1) * 0.8;
}

// One word dressed with digits: the server knows the common ones, and refuses them.
function estUnSeulMot(mot) {
  const nu = mot.toLowerCase().replace(/^[^a-zà-ÿ]+|[^a-zà-ÿ]+$/g, "");
  const lu = nu.replace(/[013457@$]/g, (signe) => "oieastas"["013457@$".indexOf(signe)]);
  return lu.length < 17 && /^[a-zà-ÿ]+$/.test(lu);
}

function dire(mot) {
  const manque = MINIMUM - [...mot].length;
  if (manque > 0) return [0, `Encore ${manque} caractère${manque > 1 ? "s" : ""} au moins.`];
  if (estUnSeulMot(mot)) return [1, "Un seul mot, même habillé de chiffres, se devine. Ajoutez-en d’autres."];
  const [, niveau, texte] = NIVEAUX.find(([seuil]) => bits(mot) < seuil);
  return [niveau, texte];
}

for (const champ of document.querySelectorAll("input[type=password][autocomplete=new-password]")) {
  if (/2$/.test(champ.name)) continue; // the same, a second time
  const jauge = document.createElement("meter");
  Object.assign(jauge, { min: 0, max: 4, low: 1.5, high: 2.5, optimum: 4, className: "q-force", hidden: true });
  jauge.setAttribute("aria-hidden", "true");
  const texte = document.createElement("p");
  texte.className = "q-petit mb-0";
  texte.setAttribute("role", "status");
  champ.after(jauge, texte);
  let attente;
  champ.addEventListener("input", () => {
    const [niveau, phrase] = dire(champ.value);
    jauge.hidden = !champ.value;
    jauge.value = niveau;
    // Read aloud once one pauses, not at each letter.
    clearTimeout(attente);
    attente = setTimeout(() => (texte.textContent = champ.value ? phrase : ""), 400);
  });
}
