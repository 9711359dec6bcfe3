// What Thunderbird would make of invitations, read by its own library (ical.js): on the standard input, a JSON
// list of calendar files; on the output, the events that stand after each, {UID: [start, end, sequence]}.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const agenda = new Map();
const etats = JSON.parse(readFileSync(0, "utf8")).map((texte) => {
  const calendrier = new ICAL.Component(ICAL.parse(texte));
  const methode = calendrier.getFirstPropertyValue("method");
  for (const fuseau of calendrier.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(fuseau);
  }
  for (const vevent of calendrier.getAllSubcomponents("vevent")) {
    const e = new ICAL.Event(vevent);
    const connu = agenda.get(e.uid);
    if (connu && connu[2] > e.sequence) continue; // older than what is known
    if (methode === "CANCEL") agenda.delete(e.uid);
    else if (methode === "REQUEST") {
      const instants = [e.startDate, e.endDate].map((t) => (t.isDate ? t.toString() : t.toJSDate().toISOString()));
      agenda.set(e.uid, [...instants, e.sequence]);
    }
  }
  return Object.fromEntries(agenda);
});
process.stdout.write(JSON.stringify(etats));
