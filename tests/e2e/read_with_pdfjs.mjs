// Prints the text of PDF files as pdf.js reads it, one JSON list of pages per file. Must not write anything.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

console.log = console.warn = () => {}; // the library talks on standard output
const [library, ...files] = process.argv.slice(2);
const { getDocument, VerbosityLevel } = await import(pathToFileURL(library).href);

for (const file of files) {
  const data = new Uint8Array(readFileSync(file));
  const pdf = await getDocument({ data, verbosity: VerbosityLevel.ERRORS, useSystemFonts: false }).promise;
  const pages = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const content = await (await pdf.getPage(number)).getTextContent();
    pages.push(content.items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join(""));
  }
  process.stdout.write(JSON.stringify(pages) + "\n");
}
