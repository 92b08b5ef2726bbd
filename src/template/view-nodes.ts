import { type PlanPath, assertNever, printPath } from "../base/diagnostic.js";
import { withoutEnd } from "../plan/cite.js";
import type { Node, NodeBase } from "../plan/outline.js";
import { valuePath } from "../plan/fields.js";
import type { Markup } from "../resolve/markup.js";
import {
  type NodeViews,
  type ViewContext,
  itemViews,
  maybeNodes,
  maybeText,
} from "./view-context.js";
import { fundingNodeView, programmeNodeView } from "./view-programme.js";
import { tableNodeView } from "./view-tables.js";
import {
  NO_NODE,
  type NodeView,
  type NumberedView,
  type PictureView,
  markerName,
  numberingNames,
} from "./view-types.js";

/** Nodes of an outline as templates see them. */
export const nodeViews: NodeViews = (nodes, path, context) =>
  nodes.map((node, index) => nodeView(node, [...path, index], context));

function nodeView(node: Node, path: PlanPath, context: ViewContext): NodeView {
  const render = (text: string, key: string): Markup => context.texts.render(text, [...path, key]);
  const blank = { ...NO_NODE, path: printPath(path) };
  switch (node.kind) {
    case "text":
      return {
        ...blank,
        kind: "text",
        text: context.texts.render(node.text, valuePath(node, path, "text")),
      };
    case "table":
      return { ...blank, kind: "table", table: tableNodeView(node.table, path, context) };
    case "programme":
      return { ...blank, kind: "programme", ...programmeNodeView(node, path, context) };
    case "funding":
      return { ...blank, kind: "funding", funding: fundingNodeView(node, path, context) };
    case "refer":
      return { ...blank, kind: "see", text: seeText(node, path, context) };
    case "picture":
      return { ...blank, kind: "picture", picture: pictureView(node, path, context) };
    case "heading": {
      const numbered = numberedView(node, path, context);
      return { ...blank, ...numbered, kind: "heading", title: render(node.heading, "heading") };
    }
    case "runIn": {
      const numbered = numberedView(node, path, context);
      const title = render(withoutEnd(node.runIn), "runIn");
      const text = maybeText(node.text, [...path, "text"], context);
      return { ...blank, ...numbered, kind: "lead", title, text };
    }
    case "clause": {
      const numbered = numberedView(node, path, context);
      return { ...blank, ...numbered, kind: "clause", text: render(node.clause, "clause") };
    }
    case "item": {
      const numbered = numberedView(node, path, context);
      return { ...blank, ...numbered, kind: "item", text: render(node.item, "item") };
    }
    default:
      return assertNever(node);
  }
}

function numberedView(node: NodeBase, path: PlanPath, context: ViewContext): NumberedView {
  return {
    marker: markerName(node.marker),
    number: node.number === null ? "" : String(node.number),
    numbering: numberingNames(node.numbering),
    id: node.id ?? "",
    items: itemViews(node.items, path, context),
    body: maybeNodes(node.body, [...path, "body"], context),
  };
}

function pictureView(
  node: Extract<Node, { readonly kind: "picture" }>,
  path: PlanPath,
  context: ViewContext,
): PictureView {
  return {
    file: node.picture,
    alt: node.alt,
    title: maybeText(node.title, [...path, "title"], context),
    width: node.width === null ? "" : String(node.width),
    path: printPath(path),
  };
}

function seeText(
  node: Extract<Node, { readonly kind: "refer" }>,
  path: PlanPath,
  { texts }: ViewContext,
): Markup {
  if (node.text !== null) return texts.render(node.text, [...path, "text"]);
  const labels = node.refer.map((id) => `{{phuluc ${id}}}`).join(", ");
  return texts.render(`(${labels} kèm theo)`, [...path, "refer"]);
}
