import {
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type DrawnLine, type DrawnPage, FACE_NAMES, type PageSize } from "../preview/messages.js";
import { useEditor, useSession } from "./session-context.js";
import { WORDS } from "./words.js";

const FILES: Readonly<Record<(typeof FACE_NAMES)[number], string>> = {
  regular: "LiberationSerif-Regular.ttf",
  bold: "LiberationSerif-Bold.ttf",
  italic: "LiberationSerif-Italic.ttf",
  boldItalic: "LiberationSerif-BoldItalic.ttf",
  signs: "KehoachSigns.ttf",
};

/** The fonts that the files embed, under names of their own. */
const fonts: Promise<unknown> = Promise.all(
  FACE_NAMES.map(async (name) => {
    const face = new FontFace(`kehoach-${name}`, `url(/assets/${FILES[name]})`);
    document.fonts.add(await face.load());
  }),
);

interface PreviewPaneProps {
  /** Path of the field that has the caret. */
  readonly focused: string | null;
  readonly onPick: (path: string) => void;
}

/** The true pages: the layout that the PDF is written from, drawn with the same fonts. */
export function PreviewPane({ focused, onPick }: PreviewPaneProps): ReactNode {
  const { session } = useEditor();
  const preview = useSession(({ preview: newest }) => newest);
  const stale = useSession(({ stale: old }) => old);
  const [zoom, setZoom] = useState<number | null>(null);
  const [beside, setBeside] = useState<"one" | "two">("one");
  const pane = useRef<HTMLDivElement>(null);
  const width = useWidth(pane);
  const ready = useFonts();
  const sizes = useMemo(() => preview?.sizes ?? [], [preview?.sizes]);
  const widest = Math.max(1, ...sizes.map((size) => size.width));
  const room = beside === "two" ? (width - 48) / 2 : width - 32;
  const scale = zoom ?? Math.max(0.25, room / widest);
  const look = useCallback(() => {
    const { current } = pane;
    if (current === null) return;
    const sheets = [...current.querySelectorAll<HTMLElement>("[data-sheet]")];
    const seen = sheets.flatMap((sheet, index) => {
      const top = sheet.offsetTop - current.scrollTop;
      return top + sheet.offsetHeight > -200 && top < current.clientHeight + 200 ? [index] : [];
    });
    if (seen.length > 0) session.look(seen[0] ?? 0, seen.at(-1) ?? 0);
  }, [session]);
  useEffect(look, [look, sizes.length, scale]);
  useShowFocused(pane, focused);
  return (
    <section className="preview" aria-label={WORDS.pages}>
      <PreviewBar {...{ count: sizes.length, scale, setZoom, beside, setBeside }} />
      <div
        className={`sheets ${beside} ${stale ? "old" : ""}`}
        ref={pane}
        onScroll={look}
        tabIndex={0}
      >
        {ready === "ready" &&
          sizes.map((size, index) => (
            <Sheet
              key={index}
              index={index}
              size={size}
              scale={scale}
              page={preview?.pages.find((page) => page.index === index) ?? null}
              focused={focused}
              onPick={onPick}
            />
          ))}
      </div>
    </section>
  );
}

interface PreviewBarProps {
  readonly count: number;
  readonly scale: number;
  readonly setZoom: (scale: number | null) => void;
  readonly beside: "one" | "two";
  readonly setBeside: (beside: "one" | "two") => void;
}

function PreviewBar({ count, scale, setZoom, beside, setBeside }: PreviewBarProps): ReactNode {
  const stale = useSession(({ stale: old }) => old);
  return (
    <div className="preview-bar">
      <span>
        {count} {WORDS.page.toLowerCase()}
      </span>
      <button type="button" aria-label="−" onClick={() => setZoom(Math.max(0.3, scale / 1.2))}>
        −
      </button>
      <span>{Math.round((scale / (96 / 72)) * 100)} %</span>
      <button type="button" aria-label="+" onClick={() => setZoom(Math.min(4, scale * 1.2))}>
        +
      </button>
      <button type="button" onClick={() => setZoom(null)}>
        {WORDS.fit}
      </button>
      <button
        type="button"
        aria-pressed={beside === "two"}
        onClick={() => setBeside(beside === "two" ? "one" : "two")}
      >
        {WORDS.two}
      </button>
      {stale && (
        <span role="status" className="stale">
          {WORDS.stale}
        </span>
      )}
    </div>
  );
}

/** Whether the fonts are there: nothing is drawn with others. */
function useFonts(): "loading" | "ready" {
  const [state, setState] = useState<"loading" | "ready">("loading");
  useEffect(() => void fonts.then(() => setState("ready")), []);
  return state;
}

/** Width of an element in CSS pixels. */
function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(600);
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const watch = new ResizeObserver(() => setWidth(current.clientWidth));
    watch.observe(current);
    return () => watch.disconnect();
  }, [element]);
  return width;
}

/** Bring the page of the focused field into view, once for each field. */
function useShowFocused(
  pane: { readonly current: HTMLDivElement | null },
  focused: string | null,
): void {
  const { session } = useEditor();
  const found = useSession(({ preview }) => preview?.found ?? null);
  useEffect(() => {
    if (focused !== null) session.find(focused);
  }, [focused, session]);
  useEffect(() => {
    const { current } = pane;
    if (found === null || current === null) return;
    const sheet = current.querySelector<HTMLElement>(`[data-sheet="${found.page}"]`);
    if (!sheet) return;
    const top = sheet.offsetTop;
    const seen = top + sheet.offsetHeight > current.scrollTop + 80;
    if (!seen || top > current.scrollTop + current.clientHeight - 80)
      current.scrollTo({ top: top - 12 });
  }, [found, pane]);
}

interface SheetProps {
  readonly index: number;
  readonly size: PageSize;
  readonly scale: number;
  readonly page: DrawnPage | null;
  readonly focused: string | null;
  readonly onPick: (path: string) => void;
}

function Sheet({ index, size, scale, page, focused, onPick }: SheetProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<DrawnPage | null>(null);
  // Before the frame that shows the letter in its field, not after it.
  useLayoutEffect(() => {
    // A page that is not sent again because it is out of sight stays as it was.
    const shown = page ?? last.current;
    last.current = shown;
    if (canvas.current !== null && shown !== null) draw(canvas.current, shown, scale, focused);
  }, [page, scale, focused]);
  return (
    <canvas
      ref={canvas}
      data-sheet={index}
      role="img"
      aria-label={`${WORDS.page} ${index + 1}`}
      width={Math.round(size.width * scale * devicePixelRatio)}
      height={Math.round(size.height * scale * devicePixelRatio)}
      onClick={({ nativeEvent: { offsetX, offsetY } }) => {
        const line = last.current && lineAt(last.current, offsetX / scale, offsetY / scale);
        if (line?.path) onPick(line.path);
      }}
      style={{ width: size.width * scale, height: size.height * scale }}
    />
  );
}

/** Draw a page: every word at its own place, as the PDF has it. */
function draw(
  canvas: HTMLCanvasElement,
  page: DrawnPage,
  scale: number,
  focused: string | null,
): void {
  const pixels = scale * devicePixelRatio;
  const width = Math.round(page.width * pixels);
  const height = Math.round(page.height * pixels);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.setTransform(pixels, 0, 0, pixels, 0, 0);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, page.width, page.height);
  context.fontKerning = "none";
  for (const line of page.lines) {
    if (focused !== null && isOf(line, focused)) {
      context.fillStyle = "rgb(255 236 153 / 60%)";
      const { left, right, baseline, size } = line;
      context.fillRect(left - 3, baseline - size, right - left + 6, size * 1.35);
    }
    context.fillStyle = "#000";
    for (const { text, x, baseline, face, size } of line.words) {
      const font = `${size}px kehoach-${FACE_NAMES[face] ?? "regular"}`;
      if (context.font !== font) context.font = font;
      context.fillText(text, x, baseline);
    }
  }
  context.strokeStyle = "#000";
  for (const [x1, y1, x2, y2, thickness] of page.rules) {
    context.lineWidth = thickness;
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
  }
}

/** Whether a line's text comes from a field, or from what the field is the name of. */
function isOf({ path }: DrawnLine, focused: string): boolean {
  return (
    path === focused ||
    (path !== null && focused.startsWith(`${path}.`) && !/\]\./u.test(focused.slice(path.length)))
  );
}

/** The line at a place, or the nearest to it. */
function lineAt(page: DrawnPage, x: number, y: number): DrawnLine | null {
  let best: DrawnLine | null = null;
  let least = 30;
  for (const line of page.lines) {
    const across = Math.max(0, line.left - x, x - line.right);
    const down = Math.abs(line.baseline - line.size / 3 - y);
    const far = down + across / 4;
    if (far < least) [best, least] = [line, far];
  }
  return best;
}
