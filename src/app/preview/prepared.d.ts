/** What was made ahead for the product's templates and fonts, put in by the bundler. */
declare module "kehoach:prepared" {
  export const templates: Readonly<
    Record<string, { readonly text: string; readonly specification: unknown }>
  >;
  export const faces: Readonly<Record<string, import("../../typeface/font-file.js").FaceMetrics>>;
  export const signs: import("../../typeface/font-file.js").FaceMetrics;
}
