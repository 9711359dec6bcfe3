// A page that stands alone: what had just been sent was perhaps not taken, so its draft stays (brouillon.js).
for (const memoire of [localStorage, sessionStorage]) {
  try {
    for (const nom of Object.keys(memoire).filter((c) => c.startsWith("quatuor-brouillon-"))) {
      memoire.setItem(nom, JSON.stringify({ ...JSON.parse(memoire.getItem(nom)), envoye: false }));
    }
  } catch {
    // A device that keeps nothing had no draft.
  }
}
