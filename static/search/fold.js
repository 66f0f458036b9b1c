// @ts-check
// Folds text as edition/rules/fold.py does, by the table that the index brings.

const COMPATIBLE = /[\u2e80-\u2fdf\uf900-\ufaff\u{2f800}-\u{2fa1f}]/u; // kept by Unicode for older standards: ⾦ is 金
const WIDE = /[\uff01-\uff5e]/; // full-width forms of ASCII
const NARROW = 0xfee0; // and how far they lie from it
const KEPT = /[\p{L}\p{N}]/u;

/** The ordinary character for one that was only encoded for compatibility; a small letter for a capital. */
const plain = (character) => {
  let found = character;
  if (COMPATIBLE.test(character)) {
    found = character.normalize("NFKC");
    if ([...found].length > 1) found = character;
  } else if (WIDE.test(character)) found = String.fromCharCode(character.charCodeAt(0) - NARROW);
  return found < "\x80" ? found.toLowerCase() : found;
};

/** The folding of an edition: one character for all the forms of a character, without punctuation and spaces. */
export class Folding {
  /** @param {string} groups forms of one character, parted by spaces; all become the first */
  constructor(groups) {
    this.table = new Map();
    for (const group of groups.split(" ")) {
      const [first, ...others] = group;
      for (const form of others) this.table.set(form, first);
    }
  }

  /** What a character becomes: one character, or nothing. */
  character(character) {
    let found = this.table.get(character);
    if (found === undefined) {
      found = plain(character);
      if (found !== character) found = this.character(found);
      else if (!KEPT.test(found)) found = "";
      this.table.set(character, found);
    }
    return found;
  }

  /**
   * The folded text, and for each of its code units where the character from which it comes begins in the text (`at`,
   * which has the end of the text as its last) and where it ends (`ends`).
   */
  fold(text) {
    const at = [];
    const ends = [];
    let folded = "";
    let place = 0;
    for (const character of text) {
      const found = this.character(character);
      for (let unit = 0; unit < found.length; unit += 1) {
        at.push(place);
        ends.push(place + character.length);
      }
      folded += found;
      place += character.length;
    }
    at.push(place);
    return { folded, at, ends };
  }
}
