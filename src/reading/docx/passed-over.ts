/**
 * Elements of WordprocessingML that say nothing about the text as it is read here: sizes,
 * distances, colours, languages, earlier looks of tracked changes. They are most of a file that
 * Word wrote; not keeping them halves the time.
 */
export const PASSED_OVER: ReadonlySet<string> = new Set(
  `sz szCs bCs iCs color lang kern spacing ind tabs u strike dstrike effect highlight w position
   vertAlign em bdr shd fitText cs rtl noProof snapToGrid proofErr bookmarkStart bookmarkEnd
   lastRenderedPageBreak permStart permEnd keepNext keepLines pageBreakBefore widowControl
   contextualSpacing adjustRightInd autoSpaceDE autoSpaceDN textAlignment textDirection
   suppressAutoHyphens suppressLineNumbers mirrorIndents pBdr divId cnfStyle rPrChange pPrChange
   tblPrChange trPrChange tcPrChange tblPrExChange tblGridChange sectPrChange numberingChange tblW
   tblInd tblLayout tblCellMar tblCellSpacing tblpPr tblOverlap tblGrid trHeight cantSplit tcW
   tcMar tcFitText vAlign noWrap hideMark pgSz pgMar pgNumType pgBorders cols docGrid latentStyles
   uiPriority semiHidden unhideWhenUsed qFormat rsid rsids nsid tmpl multiLevelType`.split(/\s+/u),
);
