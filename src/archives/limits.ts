/**
 * Bytes that all parts of one file may have together when they are unpacked, pictures apart: a Word
 * file of 200 pages has some 15 MB, a workbook of 3,321 communes and 20 columns 4 MB.
 */
export const MAX_UNPACKED = 64_000_000;
