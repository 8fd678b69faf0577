/** Contrast ratios of all visible text against the nearest painted background, the lowest first. */
export const contrasts = `(() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] === undefined || colour[3] > 0.9) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    if (element.closest("svg, script, noscript, .skip") || element.getClientRects().length === 0) continue;
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "")) continue;
    const [one, other] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    found.push({ ratio: (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05), text: element.textContent.slice(0, 40) });
  }
  return found.sort((a, b) => a.ratio - b.ratio);
})()`;
