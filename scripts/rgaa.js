// What a page holds, and what is wrong with it, for the grid of docs/accessibilite: read by scripts/rgaa.py.
() => {
  const tous = (selecteur, racine = document) => [...racine.querySelectorAll(selecteur)];
  const vu = (e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const cache = (e) => e.closest('[aria-hidden="true"]');
  const texte = (e) => (e.textContent || "").replace(/\s+/g, " ").trim();
  const court = (e) => `${e.tagName.toLowerCase()} « ${(texte(e) || e.name || e.id || "").slice(0, 40)} »`;
  const corps = document.body;

  const images = tous("img, svg, canvas, object, embed, area, input[type=image], [role=img]")
    .filter((e) => vu(e) && !e.parentElement.closest("svg, [role=img]"));
  const nom = (e) => e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.getAttribute("alt") || texte(e.querySelector("title") || document.createElement("i"));
  const etiquette = (e) => e.labels?.[0] && e.labels[0].getBoundingClientRect().width > 2 ? e.labels[0] : null;
  const informent = images.filter((e) => !cache(e) && nom(e));
  const decorent = images.filter((e) => cache(e) || (e.tagName === "IMG" && e.getAttribute("alt") === ""));
  const tables = tous("table").filter(vu);
  const deDonnees = tables.filter((t) => t.getAttribute("role") !== "presentation");
  const complexe = (t) => tous("th[colspan]:not([colspan='1']), th[rowspan]:not([rowspan='1'])", t).length > 0;
  const titrees = deDonnees.filter((t) => t.caption || t.getAttribute("aria-label") || t.getAttribute("aria-labelledby"));
  const liens = tous("a[href]").filter(vu);
  const champs = tous("input:not([type=hidden], [type=submit], [type=button], [type=image]), select, textarea").filter(vu);
  const boutons = tous("button, input[type=submit], input[type=button], [role=button]").filter(vu);
  const tranchants = tous("input[type=radio], input[type=checkbox]").filter(vu);
  const noms = new Map();
  for (const c of tranchants) noms.set(c.name, [...(noms.get(c.name) || []), c]);
  const groupes = tous("fieldset, [role=group], [role=radiogroup]").filter((g) => vu(g) && g.querySelector("input, select, textarea"));
  const documents = liens.filter((a) => /\.(pdf|xlsx?|csv|docx?|ods|ics)(\?|$)/.test(a.getAttribute("href")));

  const fautes = [];
  const faute = (critere, quoi) => fautes.push([critere, quoi]);
  for (const e of images) if (!cache(e) && !nom(e) && e.getAttribute("alt") !== "") faute("1.1", court(e));
  for (const e of decorent) if (e.querySelector("title, desc") || e.getAttribute("title")) faute("1.2", court(e));
  for (const e of informent) if (nom(e).length > 100) faute("1.3", `alternative de ${nom(e).length} caractères`);
  for (const e of informent) if (e.tagName === "svg" && e.getAttribute("role") !== "img") faute("1.1", `svg sans role=img : ${nom(e)}`);
  for (const f of tous("iframe")) if (!f.title) faute("2.1", f.src);
  for (const t of deDonnees) {
    for (const th of tous("th", t)) if (texte(th) && !th.getAttribute("scope") && !th.id) faute("5.7", court(th));
    const entetes = tous("th[scope=col], th[scope=colgroup], th[id]", t).length, lignes = tous("tr", t).length;
    if (lignes > 1 && !entetes && !tous("th[scope=row]", t).length) faute("5.6", `tableau sans en-tête : ${texte(t).slice(0, 40)}`);
    if (complexe(t) && !t.caption && !t.getAttribute("aria-describedby") && !t.getAttribute("aria-label")) faute("5.1", "tableau complexe sans résumé");
  }
  const accessible = (e) => e.getAttribute("aria-label") || (e.getAttribute("aria-labelledby") || "").split(" ").map((i) => texte(document.getElementById(i) || document.createElement("i"))).join(" ").trim() || texte(e) || tous("[aria-label], img[alt]", e).map((i) => i.getAttribute("aria-label") || i.alt).join(" ");
  const vagues = /^(ici|cliquez ici|lire la suite|en savoir plus|suite|plus|voir|détail|détails|lien|ouvrir)$/i;
  for (const a of liens) {
    const dit = accessible(a);
    if (!dit) faute("6.2", a.getAttribute("href"));
    if (vagues.test(dit)) faute("6.1", `« ${dit} » vers ${a.getAttribute("href")}`);
    const label = a.getAttribute("aria-label"), visible = texte(a);
    if (label && visible && !label.toLowerCase().includes(visible.toLowerCase())) faute("6.1", `« ${visible} » est annoncé « ${label} »`);
  }
  for (const b of boutons) {
    const dit = accessible(b) || b.value || "";
    const visible = texte(b);
    if (!dit) faute("11.9", court(b));
    const label = b.getAttribute("aria-label");
    if (label && visible && !label.toLowerCase().includes(visible.toLowerCase())) faute("11.9", `« ${visible} » est annoncé « ${label} »`);
  }
  if (document.compatMode !== "CSS1Compat" || document.doctype?.name !== "html") faute("8.1", "type de document");
  if (document.documentElement.lang !== "fr") faute("8.3", "langue");
  if (!document.title.trim()) faute("8.5", "sans titre");
  const ids = new Map();
  for (const e of tous("[id]")) ids.set(e.id, (ids.get(e.id) || 0) + 1);
  for (const [id, n] of ids) if (n > 1) faute("8.2", `id « ${id} » ${n} fois`);
  for (const e of tous("center, font, b:empty, big, tt, blink, marquee")) faute("8.9", court(e));
  for (const e of tous("br")) if (e.nextSibling?.nodeName === "BR" || (e.nextElementSibling?.tagName === "BR" && !e.nextSibling.data?.trim())) faute("8.9", "deux sauts de ligne");
  for (const p of tous("p, li, dd")) if (!texte(p) && !p.children.length && vu(p) && !p.hasAttribute("role") && !p.hasAttribute("aria-live")) faute("8.9", `${p.tagName.toLowerCase()} vide`);
  const titres = tous("h1, h2, h3, h4, h5, h6, [role=heading]").filter((h) => !cache(h) && h.checkVisibility());
  let avant = 0;
  for (const h of titres) {
    const niveau = Number(h.getAttribute("aria-level") || h.tagName[1]);
    if (niveau > avant + 1 && avant) faute("9.1", `${court(h)} : de ${avant} à ${niveau}`);
    if (!texte(h)) faute("9.1", "titre vide");
    avant = niveau;
  }
  if (tous("h1").length !== 1) faute("9.1", `${tous("h1").length} h1`);
  for (const [balise, combien] of [["header", 1], ["main", 1], ["footer", 1]]) {
    const trouves = tous(balise).filter((e) => balise === "main" ? vu(e) : e.parentElement === corps);
    if (trouves.length !== combien) faute("9.2", `${trouves.length} ${balise}`);
  }
  for (const l of tous("ul, ol")) for (const e of l.children) if (!["LI", "TEMPLATE", "SCRIPT"].includes(e.tagName)) faute("9.3", court(e));
  for (const d of tous("dl")) for (const e of d.children) if (!["DT", "DD", "DIV", "TEMPLATE"].includes(e.tagName)) faute("9.3", court(e));
  const puces = /^(?:[-–•*]|\d+[.)])\s/;
  for (const p of tous("p")) if (puces.test(texte(p)) && p.nextElementSibling?.tagName === "P" && puces.test(texte(p.nextElementSibling))) faute("9.3", court(p));
  for (const e of tous("[style]")) faute("10.1", court(e));
  for (const e of tous("[bgcolor], [align], [valign], [border], [width]:not(img, svg, svg *, canvas, object, embed), [color]:not(svg *)")) faute("10.1", court(e));
  for (const e of tous("*")) for (const pseudo of ["::before", "::after"]) {
    const contenu = getComputedStyle(e, pseudo).content;
    const dit = /^"(.*)"$/.exec(contenu)?.[1] || "";
    if (/[\p{L}\p{N}]{2}/u.test(dit) && vu(e)) {
      const dans = e.closest("table");
      if (!dans || !tous("th", dans).some((th) => texte(th) === dit)) faute("10.2", `${court(e)} : « ${dit} »`);
    }
  }
  for (const e of tous("[aria-hidden='true'] a[href], [aria-hidden='true'] button, [aria-hidden='true'] input")) if (vu(e) && e.tabIndex >= 0) faute("10.8", court(e));
  for (const c of champs) {
    if (!c.labels?.length && !c.getAttribute("aria-label") && !c.getAttribute("aria-labelledby") && !c.title) faute("11.1", court(c));
    const label = etiquette(c);
    // A label that is not seen wants a title, or the same words beside it.
    const range = c.closest("tr, li");
    if (!label && !c.title && !(range && (c.getAttribute("aria-label") || texte(c.labels?.[0] || c)).split(" ").slice(-1).every((m) => texte(range).includes(m)))) faute("11.1", `${court(c)} : étiquette cachée`);
    if (label) {
      const a = label.getBoundingClientRect(), b = c.getBoundingClientRect();
      const ecart = Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom, 0);
      if (ecart > 80) faute("11.4", `${court(label)} à ${Math.round(ecart)} px`);
    }
  }
  for (const g of groupes) {
    const legende = g.tagName === "FIELDSET" ? g.querySelector(":scope > legend") : null;
    if (!legende && !g.getAttribute("aria-label") && !g.getAttribute("aria-labelledby")) faute("11.6", court(g));
  }
  for (const [n, liste] of noms) if (liste.length > 1 && !liste.every((c) => c.closest("fieldset, [role=group], [role=radiogroup], table"))) faute("11.5", `${n} : ${liste.length} cases`);
  if (corps.querySelector("[accesskey]")) faute("12.10", "accesskey");
  for (const e of tous("[tabindex]")) if (e.tabIndex > 0) faute("12.8", court(e));
  if (document.querySelector("meta[http-equiv=refresh]")) faute("13.1", "meta refresh");
  for (const a of tous("a[target=_blank], form[target=_blank]")) if (!/nouvel/.test(accessible(a))) faute("13.2", court(a));
  const saut = document.querySelector("a[href^='#']");
  if (!saut || !document.querySelector(saut.getAttribute("href"))) faute("12.7", "lien d’évitement");
  const vue = document.querySelector("meta[name=viewport]")?.content || "";
  if (/user-scalable=no|maximum-scale=1(\D|$)/.test(vue)) faute("10.4", "agrandissement interdit");

  const inventaire = {
    images_informatives: informent.length,
    images_decoratives: decorent.length,
    images_complexes: informent.filter((e) => e.querySelector("desc")).length,
    images_matricielles: images.filter((e) => ["IMG", "CANVAS", "OBJECT", "EMBED"].includes(e.tagName)).length,
    legendes: tous("figure figcaption").filter(vu).length,
    cadres: tous("iframe, frame").length,
    medias: tous("audio, video").length,
    tableaux: deDonnees.length,
    tableaux_complexes: deDonnees.filter(complexe).length,
    tableaux_titres: titrees.length,
    tableaux_de_mise_en_forme: tables.length - deDonnees.length,
    liens: liens.length,
    liens_dans_un_texte: tous("p a[href], li a[href], dd a[href], td a[href]", document.querySelector("main") || corps).filter(vu).length,
    messages: tous("[role=status], [role=alert], [aria-live], output").length,
    langues: tous("body [lang]").length,
    sens: tous("[dir]").length,
    titres: titres.length,
    listes: tous("ul, ol, dl").filter(vu).length,
    citations: tous("blockquote, q, cite").filter(vu).length,
    prenables: liens.length + champs.length + boutons.length,
    champs: champs.length,
    groupes: groupes.length,
    memes_choix: [...noms.values()].filter((l) => l.length > 1).length,
    listes_de_choix: tous("select").filter((s) => vu(s) && s.options.length > 12).length,
    boutons: boutons.length,
    obligatoires: champs.filter((c) => c.required || ["email", "date", "number", "tel", "url"].includes(c.type) || c.pattern).length,
    formulaires_qui_changent: tous("main form").filter((f) => f.method === "post" && f.checkVisibility()).length,
    champs_sur_soi: champs.filter((c) => c.autocomplete && !["off", "on"].includes(c.autocomplete)).length,
    contenus_additionnels: tous("details, [popover], dialog, [aria-expanded]").filter((e) => e.tagName === "DIALOG" || vu(e)).length,
    infobulles: tous("[title]:not(svg *, iframe, link, style)").filter(vu).length,
    glisser: tous("[draggable=true], [data-classement], [data-deplacer]").length,
    documents: documents.length,
    limite_de_temps: corps.hasAttribute("data-session") ? 1 : 0,
    recherche: tous("[role=search], input[type=search]").filter(vu).length,
  };
  return {inventaire, fautes, titre: document.title};
}
