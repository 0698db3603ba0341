/**
 * A small Markdown reader that builds elements. Nothing is ever parsed as HTML: markup in a document is shown as text.
 * Knows headings, paragraphs, lists (nested by indentation), quotes, rules, tables, code, emphasis and links.
 */

import { el } from "/page/dom.js";

const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^ {0,3}([-*_])(\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const QUOTE = /^\s*>\s?(.*)$/;
const FENCE = /^\s*(```+|~~~+)/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
const INLINE = /(`+)([\s\S]+?)\1|\*\*([\s\S]+?)\*\*|__([\s\S]+?)__|\*([^\s*](?:[\s\S]*?[^\s*])?)\*|(?<!\w)_([^\s_](?:[\s\S]*?[^\s_])?)_(?!\w)|\[([^\]]+)\]\(([^)\s]+)(?:\s+"[^"]*")?\)/;

/** @param {string} source @param {number} topLevel level of the element that a single # becomes */
export function renderMarkdown(source, topLevel = 3) {
  const fragment = document.createDocumentFragment();
  fragment.append(...blocks(source.replaceAll("\r\n", "\n").replaceAll("\t", "    ").split("\n"), topLevel));
  return fragment;
}

function blocks(lines, topLevel) {
  const made = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (!line.trim()) {
      at += 1;
      continue;
    }
    const reader = FENCE.test(line) ? fence
      : HEADING.test(line) ? heading
      : RULE.test(line) ? rule
      : QUOTE.test(line) ? quote
      : ITEM.test(line) ? list
      : line.includes("|") && TABLE_RULE.test(lines[at + 1] ?? "") ? table
      : paragraph;
    const [element, next] = reader(lines, at, topLevel);
    made.push(element);
    at = next;
  }
  return made;
}

function heading(lines, at, topLevel) {
  const [, marks, text] = HEADING.exec(lines[at]);
  return [el(`h${Math.min(6, topLevel + marks.length - 1)}`, {}, ...inline(text)), at + 1];
}

function rule(_lines, at) {
  return [el("hr"), at + 1];
}

function fence(lines, at) {
  const mark = FENCE.exec(lines[at])[1];
  let end = at + 1;
  while (end < lines.length && !lines[end].trimStart().startsWith(mark)) end += 1;
  return [el("pre", {}, el("code", {}, lines.slice(at + 1, end).join("\n"))), end + 1];
}

function quote(lines, at, topLevel) {
  let end = at;
  const inner = [];
  while (end < lines.length && QUOTE.test(lines[end])) inner.push(QUOTE.exec(lines[end++])[1]);
  return [el("blockquote", {}, ...blocks(inner, topLevel)), end];
}

function list(lines, at, topLevel) {
  const [, indent, mark] = ITEM.exec(lines[at]);
  const ordered = /\d/.test(mark);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const item = ITEM.exec(lines[end]);
    if (!item || item[1].length !== indent.length || /\d/.test(item[2]) !== ordered) break;
    const inner = [item[3]];
    end += 1;
    while (end < lines.length && belongsToItem(lines, end, indent.length)) inner.push(dedented(lines[end++], indent.length + 2));
    items.push(el("li", {}, ...itemContent(inner, topLevel)));
  }
  const start = ordered ? Number.parseInt(mark, 10) : 1;
  return [el(ordered ? "ol" : "ul", { start: start === 1 ? null : start }, ...items), end];
}

function belongsToItem(lines, at, indent) {
  const line = lines[at];
  if (!line.trim()) return indentOf(lines[at + 1] ?? "") > indent && Boolean((lines[at + 1] ?? "").trim());
  if (indentOf(line) > indent) return true;
  return Boolean(lines[at - 1].trim()) && !startsBlock(lines, at);
}

/** A one-line item holds its text directly; anything longer is read as blocks of its own. */
function itemContent(lines, topLevel) {
  const made = blocks(lines, topLevel);
  return made[0]?.tagName === "P" ? [...made[0].childNodes, ...made.slice(1)] : made;
}

function indentOf(line) {
  return line.length - line.trimStart().length;
}

function dedented(line, width) {
  return line.slice(Math.min(width, indentOf(line)));
}

function table(lines, at) {
  const head = cells(lines[at]);
  let end = at + 2;
  const rows = [];
  while (end < lines.length && lines[end].includes("|") && lines[end].trim()) rows.push(cells(lines[end++]));
  const made = el(
    "table",
    {},
    el("thead", {}, el("tr", {}, ...head.map((text) => el("th", { scope: "col" }, ...inline(text))))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...head.map((_, column) => el("td", {}, ...inline(row[column] ?? "")))))),
  );
  return [made, end];
}

function cells(line) {
  return line.trim().replace(/^\|/, "").replace(/\|$/, "").split("|").map((text) => text.trim());
}

function paragraph(lines, at) {
  let end = at + 1;
  while (end < lines.length && lines[end].trim() && !startsBlock(lines, end)) end += 1;
  const text = lines.slice(at, end).map((line) => line.trim()).join("\n");
  return [el("p", {}, ...inline(text)), end];
}

function startsBlock(lines, at) {
  const line = lines[at];
  return [HEADING, RULE, ITEM, QUOTE, FENCE].some((form) => form.test(line))
    || (line.includes("|") && TABLE_RULE.test(lines[at + 1] ?? ""));
}

function inline(text) {
  const found = INLINE.exec(text);
  if (!found) return text ? [text] : [];
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  return [...(before ? [before] : []), marked(found), ...inline(after)];
}

function marked([whole, , code, strong1, strong2, em1, em2, label, address]) {
  if (code !== undefined) return el("code", {}, code.trim());
  const strong = strong1 ?? strong2;
  if (strong !== undefined) return el("strong", {}, ...inline(strong));
  const em = em1 ?? em2;
  if (em !== undefined) return el("em", {}, ...inline(em));
  const target = safeAddress(address);
  return target ? el("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, label) : whole;
}

/** Links of a document may lead to the web or a mail program, never to a script. */
function safeAddress(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
