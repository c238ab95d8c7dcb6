/*
 * The points of a page's checklists, each under a key that is made of its text: an edit elsewhere, another
 * order, other markup or an explanation in it do not change the key.
 */

/* Letters and figures alone: neither case, spaces, punctuation nor how accents are written count. */
export function plain(text) {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

/* FNV-1a and the xor form of Bernstein's hash, both of 32 bits: enough to tell a page's points apart. */
export function hash(text) {
  let a = 0x811c9dc5;
  let b = 5381;
  for (const sign of text) {
    a = Math.imul(a ^ sign.codePointAt(), 0x01000193);
    b = Math.imul(b, 33) ^ sign.codePointAt();
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}

function textOf(box) {
  const words = box.nextElementSibling.cloneNode(true);
  words.querySelectorAll('.begrip-uitleg, .nootcijfer').forEach((other) => other.remove());
  return words.textContent;
}

/* A map from key to checkbox. The national text behind a region's own is not the list in force. */
export function pointsOf(root) {
  const points = new Map();
  for (const box of root.querySelectorAll('.afvinken > label > input')) {
    if (box.closest('.landelijk')) {
      continue;
    }
    const key = hash(plain(textOf(box)));
    let number = 1;
    while (points.has(`${key}.${number}`)) {
      number++;
    }
    points.set(`${key}.${number}`, box);
  }
  return points;
}
