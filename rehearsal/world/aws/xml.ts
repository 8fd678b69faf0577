/** An element: its name with text, or with further elements; `undefined` leaves it out. */
export type XmlElement = readonly [name: string, content: XmlContent];
export type XmlContent = string | number | boolean | undefined | readonly XmlElement[];

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The text of one element. */
export const xml = ([name, content]: XmlElement): string => {
  if (content === undefined) return "";
  const inner = Array.isArray(content) ? content.map(xml).join("") : escaped(String(content));
  return `<${name}>${inner}</${name}>`;
};
